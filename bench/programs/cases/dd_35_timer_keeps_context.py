import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


import contextvars

REQUEST = contextvars.ContextVar('request')


class Request:
    def __init__(self, n): self.n, self.body = n, os.urandom(250_000)


class Sessions:
    def __init__(self): self.live = {}
    def expire(self, n): self.live.pop(n, None)

    async def bad(self, n):
        import asyncio
        REQUEST.set(Request(n))
        self.live[n] = REQUEST.get().body[0]
        asyncio.get_running_loop().call_later(600, self.expire, n)

    async def good(self, n):
        import asyncio
        REQUEST.set(Request(n))
        self.live[n] = REQUEST.get().body[0]
        asyncio.get_running_loop().call_later(600, self.expire, n, context=contextvars.Context())


async def serve(handle):
    import asyncio
    for n in range(400):
        await asyncio.create_task(handle(n))


@case('35 timer keeps the context of its request')
class _:
    def setup(): import asyncio
    def bad():
        import asyncio
        loop, s = asyncio.new_event_loop(), Sessions()
        loop.run_until_complete(serve(s.bad)); return loop, s
    def good():
        import asyncio
        loop, s = asyncio.new_event_loop(), Sessions()
        loop.run_until_complete(serve(s.good)); return loop, s


if __name__ == "__main__":
    kept = run()
