import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('35 lock per key')
class _:
    def setup(): import asyncio, weakref
    def bad():
        import asyncio
        locks={}
        def lock_for(owner,number):
            return locks.setdefault((owner,number),asyncio.Lock())
        async def assign(i):
            async with lock_for('acme',i): return i%3
        async def main(): return sum([await assign(i) for i in range(160_000)])
        print('assigned',asyncio.run(main()))
        return locks
    def good():
        import asyncio, weakref
        locks=weakref.WeakValueDictionary()
        def lock_for(owner,number):
            lock=locks.get((owner,number))
            if lock is None: lock=locks[owner,number]=asyncio.Lock()
            return lock
        async def assign(i):
            async with lock_for('acme',i): return i%3
        async def main():
            total=0
            for i in range(160_000): total+=await assign(i)
            return total
        print('assigned',asyncio.run(main()))
        return locks


if __name__ == "__main__":
    kept = run()
