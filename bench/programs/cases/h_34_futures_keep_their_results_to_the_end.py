import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('34 futures keep their results to the end')
class _:
    def setup():
        import concurrent.futures.thread
    def bad():
        from concurrent.futures import ThreadPoolExecutor, as_completed
        def render(number):
            return ''.join(f'row {k} of report {number}\n' for k in range(7_000))
        def render_all(numbers):
            size=0
            with ThreadPoolExecutor(2) as pool:
                futures={pool.submit(render,number):number for number in numbers}
                for future in as_completed(futures):
                    size+=len(future.result())
            return size
        print('size',render_all(range(260)))
    def good():
        from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
        def render(number):
            return ''.join(f'row {k} of report {number}\n' for k in range(7_000))
        def render_all(numbers):
            size=0
            pending=set()
            with ThreadPoolExecutor(2) as pool:
                for number in numbers:
                    if len(pending)>=8:
                        done,pending=wait(pending,return_when=FIRST_COMPLETED)
                        size+=sum(len(future.result()) for future in done)
                    pending.add(pool.submit(render,number))
                size+=sum(len(future.result()) for future in pending)
            return size
        print('size',render_all(range(260)))


if __name__ == "__main__":
    kept = run()
