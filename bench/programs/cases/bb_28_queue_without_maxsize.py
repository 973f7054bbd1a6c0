import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('28 queue without maxsize')
class _:
    def run(size):
        import queue, threading
        q=queue.Queue(size); total=[0]
        def worker():
            while (x:=q.get()) is not None: time.sleep(0.001); total[0]+=len(x)
        t=threading.Thread(target=worker); t.start()
        for i in range(1500): q.put(bytearray(b'x')*100_000)
        q.put(None); t.join(); return total
    def bad(): return CASES['28 queue without maxsize'].run(0)
    def good(): return CASES['28 queue without maxsize'].run(8)


if __name__ == "__main__":
    kept = run()
