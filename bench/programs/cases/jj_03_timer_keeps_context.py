import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


import asyncio
import contextvars

RUN = contextvars.ContextVar('run_context', default=None)


class RunContext:
    """What one run of the workflow works on; the steps find it through the context variable."""

    def __init__(self, number):
        import random
        r = random.Random(number)
        self.number = number
        self.documents = [r.randbytes(40_000) for _ in range(20)]
        self.answers = []


class TokenCache:
    """Tokens by tenant; each is dropped when its lifetime is over."""

    def __init__(self, lifetime=3600.0):
        self.lifetime = lifetime
        self.tokens = {}

    def put(self, tenant, token):
        self.tokens[tenant] = token
        self._expire_later(asyncio.get_running_loop(), tenant)

    def _expire_later(self, loop, tenant):
        loop.call_later(self.lifetime, self.tokens.pop, tenant, None)


class PlainTokenCache(TokenCache):
    def _expire_later(self, loop, tenant):
        loop.call_later(self.lifetime, self.tokens.pop, tenant, None, context=contextvars.Context())


async def step(cache):
    import zlib
    run_context = RUN.get()
    for document in run_context.documents:
        run_context.answers.append(zlib.crc32(document))
        await asyncio.sleep(0)
    cache.put(f'tenant-{run_context.number}', f'{run_context.answers[-1]:08x}')


async def workflow(number, cache):
    RUN.set(RunContext(number))
    await step(cache)
    return sum(RUN.get().answers)


async def serve(cache, runs):
    totals = []
    for number in range(runs):
        totals.append(await asyncio.create_task(workflow(number, cache)))
    return totals


@case('06 timer handle keeps the context')
class _:
    def setup(): import random, zlib
    def bad():
        loop, cache = asyncio.new_event_loop(), TokenCache()
        totals = loop.run_until_complete(serve(cache, 110))
        return loop, cache, totals
    def good():
        loop, cache = asyncio.new_event_loop(), PlainTokenCache()
        totals = loop.run_until_complete(serve(cache, 110))
        return loop, cache, totals


if __name__ == "__main__":
    kept = run()
