import asyncio
import gc
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('06 as_completed with the close future')
class _:
    def bad():
        class RpcChannel:
            def __init__(self, loop):
                self.loop = loop
                self.closed = loop.create_future()
                self.pending = {}
                self.next_id = 0

            def on_message(self, request_id, answer):
                self.pending.pop(request_id).set_result(answer)

            async def call(self, method, argument):
                self.next_id += 1
                reply = self.pending[self.next_id] = self.loop.create_future()
                self.loop.call_soon(self.on_message, self.next_id, {'method': method, 'value': argument * 2})
                for first in asyncio.as_completed([reply, self.closed]):
                    answer = await first
                    return answer['value']

        async def poll(channel, rounds):
            total = 0
            for n in range(rounds):
                total += await channel.call('sensor.read', n % 100)
            return total

        loop = asyncio.new_event_loop()
        channel = RpcChannel(loop)
        print(loop.run_until_complete(poll(channel, 26_000)))
        return channel

    def good():
        class RpcChannel:
            def __init__(self, loop):
                self.loop = loop
                self.closed = loop.create_future()
                self.pending = {}
                self.next_id = 0

            def on_message(self, request_id, answer):
                self.pending.pop(request_id).set_result(answer)

            async def call(self, method, argument):
                self.next_id += 1
                reply = self.pending[self.next_id] = self.loop.create_future()
                self.loop.call_soon(self.on_message, self.next_id, {'method': method, 'value': argument * 2})
                done, _ = await asyncio.wait([reply, self.closed], return_when=asyncio.FIRST_COMPLETED)
                answer = done.pop().result()
                return answer['value']

        async def poll(channel, rounds):
            total = 0
            for n in range(rounds):
                total += await channel.call('sensor.read', n % 100)
            return total

        loop = asyncio.new_event_loop()
        channel = RpcChannel(loop)
        print(loop.run_until_complete(poll(channel, 26_000)))
        return channel


if __name__ == "__main__":
    kept = run()
