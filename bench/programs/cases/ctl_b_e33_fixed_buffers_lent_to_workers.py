import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E33 fixed buffers lent to workers')
class _:
    def setup():
        import numpy
        if not os.path.exists(D+'/e4_blob.bin'):
            import random
            r=random.Random(33)
            with open(D+'/e4_blob.bin','wb') as f:
                for _ in range(48): f.write(r.randbytes(1_000_000))
    def good():
        import queue, numpy as np
        from concurrent.futures import ThreadPoolExecutor
        SIZE=8_000_000; free=queue.LifoQueue()
        for _ in range(4): free.put(np.empty(SIZE//8,np.uint64))
        def median(part):
            buf=free.get()
            try:
                with open(D+'/e4_blob.bin','rb',buffering=0) as f:
                    f.seek(part*SIZE); n=f.readinto(buf)//8
                x=buf[:n]; x.sort(); return int(x[n//2]),int(np.diff(x[n//2-500:n//2+500]).max())
            finally: free.put(buf)
        with ThreadPoolExecutor(4) as ex: rows=[tuple(ex.map(median,range(6))) for _ in range(6)]
        assert len(set(rows))==1
        return free,rows[0]


if __name__ == "__main__":
    kept = run()
