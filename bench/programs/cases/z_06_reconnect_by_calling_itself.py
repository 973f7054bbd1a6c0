import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('06 reconnect by calling itself')
class _:
    def bad():
        import asyncio
        async def connect(k):
            await asyncio.sleep(0)
            if k<200: raise ConnectionError(k)
            await asyncio.Event().wait()
        async def listen(k):
            backlog=bytearray(b'x')*500_000
            try: await connect(k)
            except ConnectionError: pass
            await listen(k+1)
        loop=asyncio.new_event_loop(); task=loop.create_task(listen(0))
        loop.run_until_complete(asyncio.wait({task},timeout=0.5)); return loop,task
    def good():
        import asyncio
        async def connect(k):
            await asyncio.sleep(0)
            if k<200: raise ConnectionError(k)
            await asyncio.Event().wait()
        async def listen():
            for k in range(1000):
                backlog=bytearray(b'x')*500_000
                try: await connect(k)
                except ConnectionError: pass
        loop=asyncio.new_event_loop(); task=loop.create_task(listen())
        loop.run_until_complete(asyncio.wait({task},timeout=0.5)); return loop,task


if __name__ == "__main__":
    kept = run()
