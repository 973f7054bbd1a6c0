import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('72 gather starts every job at once')
class _:
    def setup(): import asyncio
    def bad():
        import asyncio
        async def fetch(sem,i):
            async with sem:
                await asyncio.sleep(0); return i%7
        async def main():
            sem=asyncio.Semaphore(100)
            return sum(await asyncio.gather(*[fetch(sem,i) for i in range(50_000)]))
        return asyncio.run(main())
    def good():
        import asyncio
        async def fetch(i):
            await asyncio.sleep(0); return i%7
        async def worker(ids):
            t=0
            for i in ids: t+=await fetch(i)
            return t
        async def main():
            ids=iter(range(50_000))
            return sum(await asyncio.gather(*[worker(ids) for k in range(100)]))
        return asyncio.run(main())


if __name__ == "__main__":
    kept = run()
