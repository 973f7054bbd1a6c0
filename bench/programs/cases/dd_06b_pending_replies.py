import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


class Rpc:
    def __init__(self):
        self.pending, self.seq = {}, 0

    def send(self, body):
        import asyncio
        self.seq += 1
        fut = asyncio.get_running_loop().create_future()
        self.pending[self.seq] = (fut, body)
        if self.seq % 5 == 0:
            asyncio.get_running_loop().call_soon(self.reply, self.seq, len(body))
        return self.seq, fut

    def reply(self, n, value):
        fut, body = self.pending.pop(n)
        if not fut.done(): fut.set_result(value)

    async def call_bad(self, body):
        import asyncio
        n, fut = self.send(body)
        try:
            return await asyncio.wait_for(fut, 0.005)
        except asyncio.TimeoutError:
            return None

    async def call_good(self, body):
        import asyncio
        n, fut = self.send(body)
        try:
            return await asyncio.wait_for(fut, 0.005)
        except asyncio.TimeoutError:
            return None
        finally:
            self.pending.pop(n, None)


async def traffic(rpc, call):
    import asyncio
    answered = 0
    for batch in range(50):
        got = await asyncio.gather(*(call(os.urandom(16_000 + batch)) for _ in range(100)))
        answered += sum(x is not None for x in got)
    return answered


@case('06b timed-out requests stay in the pending map')
class _:
    def setup(): import asyncio
    def bad():
        import asyncio
        rpc = Rpc(); return rpc, asyncio.run(traffic(rpc, rpc.call_bad))
    def good():
        import asyncio
        rpc = Rpc(); return rpc, asyncio.run(traffic(rpc, rpc.call_good))


if __name__ == "__main__":
    kept = run()
