import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


class Bad:
    def __init__(self):
        self.locks = {}
    def lock(self, session):
        import asyncio
        if session not in self.locks:
            self.locks[session] = asyncio.Lock()
        return self.locks[session]


class Good:
    def __init__(self):
        import weakref
        self.locks = weakref.WeakValueDictionary()
    def lock(self, session):
        import asyncio
        lock = self.locks.get(session)
        if lock is None:
            lock = self.locks[session] = asyncio.Lock()
        return lock


async def serve(guard, n):
    done = 0
    for i in range(n):
        async with guard.lock(f'session:{i * 2654435761 % 2**40:010x}'):
            done += 1
    return done


@case('08b a lock per session, never removed')
class _:
    def setup(): import asyncio, weakref
    def bad():
        import asyncio
        g = Bad(); return g, asyncio.run(serve(g, 250_000))
    def good():
        import asyncio
        g = Good(); return g, asyncio.run(serve(g, 250_000))


if __name__ == "__main__":
    kept = run()
