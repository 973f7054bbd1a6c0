import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e22 asyncio workers on a bounded queue, tasks end')
class _:
    def setup(): import asyncio, hashlib
    def good():
        import asyncio, hashlib, random
        sums={}
        async def worker(q):
            while (job:=await q.get()) is not None:
                n,body=job; sums[n]=(await asyncio.to_thread(hashlib.sha256,body)).digest(); job=body=None
        async def main():
            q=asyncio.Queue(maxsize=3); r=random.Random(25)
            async with asyncio.TaskGroup() as tg:
                for k in range(3): tg.create_task(worker(q))
                for n in range(150): await q.put((n,r.randbytes(4_000_000)))
                for k in range(3): await q.put(None)
            assert q.empty()
        asyncio.run(main()); assert len(set(sums.values()))==150
        return sums


if __name__ == "__main__":
    kept = run()
