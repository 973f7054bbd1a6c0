import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('06b pending requests stay after timeout')
class _:
    def setup(): import asyncio
    def bad():
        import asyncio
        class Client:
            def __init__(s): s.pending={}
            async def call(s,rid,payload):
                fut=asyncio.get_running_loop().create_future(); s.pending[rid]=(payload,fut)
                try: return await asyncio.wait_for(fut,0.0005)
                except asyncio.TimeoutError: return None
        async def main():
            c=Client()
            for i in range(1000): await c.call(i,bytearray(b'x')*100_000)
            return c
        return asyncio.run(main())
    def good():
        import asyncio
        class Client:
            def __init__(s): s.pending={}
            async def call(s,rid,payload):
                fut=asyncio.get_running_loop().create_future(); s.pending[rid]=(payload,fut)
                try: return await asyncio.wait_for(fut,0.0005)
                except asyncio.TimeoutError: return None
                finally: s.pending.pop(rid,None)
        async def main():
            c=Client()
            for i in range(1000): await c.call(i,bytearray(b'x')*100_000)
            return c
        return asyncio.run(main())


if __name__ == "__main__":
    kept = run()
