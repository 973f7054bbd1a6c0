import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('30 futures list keeps results')
class _:
    def job(i): return bytearray(b'x')*500_000
    def bad():
        from concurrent.futures import ThreadPoolExecutor, as_completed
        n=0; job=CASES['30 futures list keeps results'].job
        with ThreadPoolExecutor(2) as ex:
            futs=[ex.submit(job,i) for i in range(300)]
            for f in as_completed(futs): n+=len(f.result())
        return n
    def good():
        from concurrent.futures import ThreadPoolExecutor, wait, FIRST_COMPLETED
        n=0; job=CASES['30 futures list keeps results'].job; todo=iter(range(300)); running=set()
        with ThreadPoolExecutor(2) as ex:
            while True:
                while len(running)<4 and (i:=next(todo,None)) is not None: running.add(ex.submit(job,i))
                if not running: return n
                done,running=wait(running,return_when=FIRST_COMPLETED)
                while done: n+=len(done.pop().result())


if __name__ == "__main__":
    kept = run()
