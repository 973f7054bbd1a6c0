import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('08 one asyncio.Lock per key')
class _:
    def setup(): import asyncio
    def bad():
        import asyncio
        from collections import defaultdict
        locks=defaultdict(asyncio.Lock)
        async def update(key):
            async with locks[key]: return len(key)
        async def main():
            for i in range(200_000): await update(f'session:{i}')
        asyncio.run(main()); return locks
    def good():
        import asyncio, weakref
        locks=weakref.WeakValueDictionary()
        async def update(key):
            lock=locks.get(key)
            if lock is None: lock=locks[key]=asyncio.Lock()
            async with lock: return len(key)
        async def main():
            for i in range(200_000): await update(f'session:{i}')
        asyncio.run(main()); return locks


if __name__ == "__main__":
    kept = run()
