import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('08 one lock per key')
class _:
    def setup(): import asyncio
    def bad():
        import asyncio
        locks={}
        async def update(key):
            lock=locks.setdefault(key,asyncio.Lock())
            async with lock: return len(key)
        async def main():
            return sum([await update(f'session-{i:08d}') for i in range(300_000)])
        asyncio.run(main()); return locks
    def good():
        import asyncio, weakref
        locks=weakref.WeakValueDictionary()
        async def update(key):
            lock=locks.setdefault(key,asyncio.Lock())
            async with lock: return len(key)
        async def main():
            return sum([await update(f'session-{i:08d}') for i in range(300_000)])
        asyncio.run(main()); return locks


if __name__ == "__main__":
    kept = run()
