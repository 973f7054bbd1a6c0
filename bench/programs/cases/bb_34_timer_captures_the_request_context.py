import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('34 timer captures the request context')
class _:
    def setup(): import asyncio, contextvars
    def bad():
        import asyncio, contextvars
        request=contextvars.ContextVar('request')
        async def handle(i):
            loop=asyncio.get_running_loop()
            request.set({'id':i,'body':bytearray(b'x')*500_000})
            loop.call_later(3600,print,'idle check',i)
        async def main():
            for i in range(200): await asyncio.create_task(handle(i))
        loop=asyncio.new_event_loop(); loop.run_until_complete(main()); return loop
    def good():
        import asyncio, contextvars
        request=contextvars.ContextVar('request')
        async def handle(i):
            loop=asyncio.get_running_loop()
            request.set({'id':i,'body':bytearray(b'x')*500_000})
            loop.call_later(3600,print,'idle check',i,context=contextvars.Context())
        async def main():
            for i in range(200): await asyncio.create_task(handle(i))
        loop=asyncio.new_event_loop(); loop.run_until_complete(main()); return loop


if __name__ == "__main__":
    kept = run()
