import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('06 stop event waiter per message')
class _:
    def setup(): import asyncio
    def bad():
        import asyncio
        class Consumer:
            def __init__(self):
                self.queue=asyncio.Queue(); self.closed=asyncio.Event()
            async def next(self):
                get=asyncio.create_task(self.queue.get())
                closed=asyncio.create_task(self.closed.wait())
                done,_=await asyncio.wait({get,closed},return_when=asyncio.FIRST_COMPLETED)
                return get.result() if get in done else None
        async def main(c):
            total=0
            for i in range(48_000):
                c.queue.put_nowait(i); total+=await c.next()
            return total
        loop=asyncio.new_event_loop(); c=Consumer()
        print('consumed',loop.run_until_complete(main(c)))
        return loop,c
    def good():
        import asyncio
        class Consumer:
            def __init__(self):
                self.queue=asyncio.Queue(); self.closed=asyncio.Event(); self.closing=None
            async def next(self):
                if self.closing is None: self.closing=asyncio.create_task(self.closed.wait())
                get=asyncio.create_task(self.queue.get())
                done,_=await asyncio.wait({get,self.closing},return_when=asyncio.FIRST_COMPLETED)
                return get.result() if get in done else None
        async def main(c):
            total=0
            for i in range(48_000):
                c.queue.put_nowait(i); total+=await c.next()
            return total
        loop=asyncio.new_event_loop(); c=Consumer()
        print('consumed',loop.run_until_complete(main(c)))
        return loop,c


if __name__ == "__main__":
    kept = run()
