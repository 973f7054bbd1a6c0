import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('06 timer captures the request context')
class _:
    def setup(): import asyncio
    def bad():
        import asyncio, contextvars
        request=contextvars.ContextVar('request'); loop=asyncio.new_event_loop(); seen={}
        def expire(user): seen.pop(user,None)
        async def handle(user):
            request.set(bytearray(b'x')*500_000); seen[user]=len(request.get())
            loop.call_later(3600,expire,user)
        async def main():
            for i in range(200): await loop.create_task(handle(i))
        loop.run_until_complete(main()); return loop,seen
    def good():
        import asyncio, contextvars
        request=contextvars.ContextVar('request'); loop=asyncio.new_event_loop(); seen={}; empty=contextvars.Context()
        def expire(user): seen.pop(user,None)
        async def handle(user):
            request.set(bytearray(b'x')*500_000); seen[user]=len(request.get())
            loop.call_later(3600,expire,user,context=empty)
        async def main():
            for i in range(200): await loop.create_task(handle(i))
        loop.run_until_complete(main()); return loop,seen


if __name__ == "__main__":
    kept = run()
