import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('30 gather over all, semaphore inside')
class _:
    def setup(): import asyncio
    def bad():
        import asyncio
        async def main():
            sem=asyncio.Semaphore(8)
            async def send(doc):
                async with sem: await asyncio.sleep(0.001); return len(doc)
            return sum(await asyncio.gather(*[send(bytearray(b'x')*200_000) for i in range(800)]))
        return asyncio.run(main())
    def good():
        import asyncio
        async def main():
            docs=(bytearray(b'x')*200_000 for i in range(800))
            async def worker():
                n=0
                for doc in docs: await asyncio.sleep(0.001); n+=len(doc)
                return n
            return sum(await asyncio.gather(*[worker() for _ in range(8)]))
        return asyncio.run(main())


if __name__ == "__main__":
    kept = run()
