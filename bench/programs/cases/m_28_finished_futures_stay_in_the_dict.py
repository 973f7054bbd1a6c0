import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('28 finished futures stay in the dict')
class _:
    def load(i): time.sleep(0.001); return bytearray(b'x')*100_000
    def bad():
        from concurrent.futures import ThreadPoolExecutor, as_completed
        load=CASES['28 finished futures stay in the dict'].load; total=0
        with ThreadPoolExecutor(4) as ex:
            futs={ex.submit(load,i):i for i in range(1500)}
            for f in as_completed(futs): total+=len(f.result())+futs[f]
        return total
    def good():
        from concurrent.futures import ThreadPoolExecutor, wait, FIRST_COMPLETED
        load=CASES['28 finished futures stay in the dict'].load; total=0; futs={}; todo=iter(range(1500))
        with ThreadPoolExecutor(4) as ex:
            while True:
                for i in todo:
                    futs[ex.submit(load,i)]=i
                    if len(futs)>=8: break
                if not futs: return total
                for f in wait(futs,return_when=FIRST_COMPLETED).done: total+=len(f.result())+futs.pop(f)


if __name__ == "__main__":
    kept = run()
