import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('30 queue of a departed subscriber')
class _:
    def setup(): import asyncio
    def bad():
        import asyncio
        class Broadcast:
            def __init__(self): self.subscribers=set()
            def publish(self,event):
                for q in self.subscribers: q.put_nowait(event)
            async def stream(self,limit):
                q=asyncio.Queue()
                self.subscribers.add(q)
                for _ in range(limit): yield await q.get()
        async def client(bus,limit):
            n=0
            async for event in bus.stream(limit): n+=len(event)
            return n
        async def main(bus):
            clients=[asyncio.create_task(client(bus,limit)) for limit in (5,50,4000)]
            await asyncio.sleep(0)
            for i in range(4000):
                bus.publish(b'%08d'%i*1500)
                await asyncio.sleep(0)
            return sum(await asyncio.gather(*clients))
        bus=Broadcast()
        print('delivered',asyncio.run(main(bus)))
        return bus
    def good():
        import asyncio
        class Broadcast:
            def __init__(self): self.subscribers=set()
            def publish(self,event):
                for q in self.subscribers: q.put_nowait(event)
            async def stream(self,limit):
                q=asyncio.Queue()
                self.subscribers.add(q)
                try:
                    for _ in range(limit): yield await q.get()
                finally:
                    self.subscribers.discard(q)
        async def client(bus,limit):
            n=0
            async for event in bus.stream(limit): n+=len(event)
            return n
        async def main(bus):
            clients=[asyncio.create_task(client(bus,limit)) for limit in (5,50,4000)]
            await asyncio.sleep(0)
            for i in range(4000):
                bus.publish(b'%08d'%i*1500)
                await asyncio.sleep(0)
            return sum(await asyncio.gather(*clients))
        bus=Broadcast()
        print('delivered',asyncio.run(main(bus)))
        return bus


if __name__ == "__main__":
    kept = run()
