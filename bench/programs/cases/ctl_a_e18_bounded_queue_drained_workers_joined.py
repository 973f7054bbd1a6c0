import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e18 bounded queue, drained, workers joined')
class _:
    def good():
        import queue, threading, zlib, random
        q=queue.Queue(maxsize=3); sizes={}; lock=threading.Lock()
        def worker():
            while (job:=q.get()) is not None:
                n,b=job; z=sum(len(zlib.compress(memoryview(b)[k:k+65536],1)) for k in range(0,len(b),65536))
                with lock: sizes[n]=z
                del job,b
        ts=[threading.Thread(target=worker) for _ in range(2)]
        for t in ts: t.start()
        r=random.Random(21)
        for n in range(24): q.put((n,r.randbytes(4_000_000)))
        for t in ts: q.put(None)
        for t in ts: t.join()
        assert q.empty() and len(sizes)==24
        return q,sizes


if __name__ == "__main__":
    kept = run()
