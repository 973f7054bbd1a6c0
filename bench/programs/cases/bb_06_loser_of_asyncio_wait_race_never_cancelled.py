import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('06 loser of asyncio.wait race never cancelled')
class _:
    def setup(): import asyncio
    def run(cancel):
        import asyncio
        loop=asyncio.new_event_loop(); loop.set_exception_handler(lambda *a:None); closed=asyncio.Event()
        async def reply(i): await asyncio.sleep(0); return i
        async def call(i):
            r=asyncio.ensure_future(reply(i)); c=asyncio.ensure_future(closed.wait())
            done,pending=await asyncio.wait({r,c},return_when=asyncio.FIRST_COMPLETED)
            if cancel:
                for t in pending: t.cancel()
            return r.result()
        async def main():
            n=0
            for i in range(40_000): n+=await call(i)
            return n
        loop.run_until_complete(main()); return loop,closed
    def bad(): return CASES['06 loser of asyncio.wait race never cancelled'].run(False)
    def good(): return CASES['06 loser of asyncio.wait race never cancelled'].run(True)


if __name__ == "__main__":
    kept = run()
