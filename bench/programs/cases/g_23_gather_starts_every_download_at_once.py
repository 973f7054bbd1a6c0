import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('23 gather starts every download at once')
class _:
    def setup():
        import asyncio
    def bad():
        import asyncio
        async def download(i):
            await asyncio.sleep(0)
            body=bytearray(b'd')*160_000
            await asyncio.sleep(0.005)
            return sum(body[:10])+i
        async def main():
            return sum(await asyncio.gather(*(download(i) for i in range(400))))
        print('sum',asyncio.run(main()))
    def good():
        import asyncio
        async def download(i):
            await asyncio.sleep(0)
            body=bytearray(b'd')*160_000
            await asyncio.sleep(0.005)
            return sum(body[:10])+i
        async def main():
            slots=asyncio.Semaphore(8)
            async def limited(i):
                async with slots:
                    return await download(i)
            return sum(await asyncio.gather(*(limited(i) for i in range(400))))
        print('sum',asyncio.run(main()))


if __name__ == "__main__":
    kept = run()
