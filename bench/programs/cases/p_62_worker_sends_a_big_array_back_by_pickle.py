import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('62 worker sends a big array back by pickle')
class _:
    def setup(): import numpy, multiprocessing.pool, multiprocessing.shared_memory
    def render(n):
        import numpy as np
        return np.full(n,1.5)
    def render_into(name,n):
        import numpy as np
        from multiprocessing.shared_memory import SharedMemory
        shm=SharedMemory(name); a=np.ndarray(n,buffer=shm.buf); a[:]=1.5; del a; shm.close()
    def bad():
        import multiprocessing as mp
        with mp.get_context('fork').Pool(1) as pool:
            a=pool.apply(_render,(10_000_000,))
        return float(a.sum())
    def good():
        import multiprocessing as mp, numpy as np
        from multiprocessing.shared_memory import SharedMemory
        n=10_000_000; shm=SharedMemory(create=True,size=n*8)
        with mp.get_context('fork').Pool(1) as pool:
            pool.apply(_render_into,(shm.name,n))
        a=np.ndarray(n,buffer=shm.buf); t=float(a.sum()); del a; shm.close(); shm.unlink()
        return t
def _render(n): return CASES['62 worker sends a big array back by pickle'].render(n)
def _render_into(name,n): return CASES['62 worker sends a big array back by pickle'].render_into(name,n)


if __name__ == "__main__":
    kept = run()
