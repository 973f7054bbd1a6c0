import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('30b stream writes without drain')
class _:
    def setup(): import asyncio
    def run(good):
        import asyncio, socket
        async def main():
            a,b=socket.socketpair(); _,w=await asyncio.open_connection(sock=a); r,w2=await asyncio.open_connection(sock=b)
            async def receive():
                n=0
                while d:=await r.read(65536): n+=len(d)
                return n
            t=asyncio.create_task(receive())
            for i in range(1500):
                w.write(bytes([i%255])*60_000)
                if good: await w.drain()
            w.close(); n=await t; w2.close(); return n
        return asyncio.run(main())
    def bad(): return CASES['30b stream writes without drain'].run(False)
    def good(): return CASES['30b stream writes without drain'].run(True)


if __name__ == "__main__":
    kept = run()
