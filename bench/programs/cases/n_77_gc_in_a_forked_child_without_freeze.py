import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('77 gc in a forked child without freeze')
class _:
    def child(q):
        def priv():
            t=0
            for l in open('/proc/self/smaps_rollup'):
                if l.startswith('Private_Dirty'): t+=int(l.split()[1])
            return t*1024
        a=priv(); gc.collect(); q.put(priv()-a)
    def bad():
        import multiprocessing as mp
        tree=[[i] for i in range(800_000)]
        ctx=mp.get_context('fork'); q=ctx.Queue(); gc.collect()
        p=ctx.Process(target=CASES['77 gc in a forked child without freeze'].child,args=(q,))
        p.start()
        v=q.get(); p.join()
        print('   child private growth MB',round(v/1e6,1)); return tree
    def good():
        import multiprocessing as mp
        tree=[[i] for i in range(800_000)]
        ctx=mp.get_context('fork'); q=ctx.Queue(); gc.collect()
        gc.freeze()
        p=ctx.Process(target=CASES['77 gc in a forked child without freeze'].child,args=(q,))
        p.start()
        v=q.get(); p.join()
        print('   child private growth MB',round(v/1e6,1)); return tree


if __name__ == "__main__":
    kept = run()
