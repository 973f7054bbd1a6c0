import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


async def produce(q, n):
    for i in range(n):
        await q.put(os.urandom(60_000))
    await q.put(None)


async def consume(q):
    import asyncio, zlib
    crc = 0
    while (block := await q.get()) is not None:
        crc = zlib.crc32(block, crc)
        await asyncio.sleep(0.0002)
    return crc


async def pipeline(maxsize):
    import asyncio
    q = asyncio.Queue(maxsize)
    feeder = asyncio.create_task(produce(q, 1500))
    crc = await consume(q)
    await feeder
    return crc


@case('06 asyncio.Queue without maxsize')
class _:
    def setup(): import asyncio, zlib
    def bad():
        import asyncio
        return asyncio.run(pipeline(0))
    def good():
        import asyncio
        return asyncio.run(pipeline(16))


if __name__ == "__main__":
    kept = run()
