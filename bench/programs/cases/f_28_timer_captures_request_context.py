import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('28 timer captures request context')
class _:
    def setup(): import asyncio, contextvars
    def bad():
        import asyncio, contextvars
        request_body=contextvars.ContextVar('request_body')
        class Upstreams:
            def __init__(self): self.idle={}
            def get(self,host):
                if host not in self.idle:
                    self.idle[host]=asyncio.get_running_loop().call_later(300,self.expire,host)
                return host
            def expire(self,host): self.idle.pop(host)
        async def handle(ups,i):
            request_body.set(bytearray(b'q')*400_000)
            ups.get(f'shard-{i}.internal')
            await asyncio.sleep(0)
            return len(request_body.get())
        async def main(ups):
            return sum([await asyncio.create_task(handle(ups,i)) for i in range(150)])
        loop=asyncio.new_event_loop(); ups=Upstreams()
        print('received',loop.run_until_complete(main(ups)))
        return loop,ups
    def good():
        import asyncio, contextvars
        request_body=contextvars.ContextVar('request_body')
        class Upstreams:
            def __init__(self): self.idle={}
            def get(self,host):
                if host not in self.idle:
                    self.idle[host]=asyncio.get_running_loop().call_later(300,self.expire,host,context=contextvars.Context())
                return host
            def expire(self,host): self.idle.pop(host)
        async def handle(ups,i):
            request_body.set(bytearray(b'q')*400_000)
            ups.get(f'shard-{i}.internal')
            await asyncio.sleep(0)
            return len(request_body.get())
        async def main(ups):
            return sum([await asyncio.create_task(handle(ups,i)) for i in range(150)])
        loop=asyncio.new_event_loop(); ups=Upstreams()
        print('received',loop.run_until_complete(main(ups)))
        return loop,ups


if __name__ == "__main__":
    kept = run()
