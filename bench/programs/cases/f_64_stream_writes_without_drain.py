import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('64 stream writes without drain')
class _:
    def setup(): import asyncio
    def bad():
        import asyncio
        async def export(reader,writer):
            for i in range(1000):
                writer.write(b'%08d'%i*8192)
            writer.close()
        async def main():
            srv=await asyncio.start_server(export,'127.0.0.1',0)
            reader,writer=await asyncio.open_connection(*srv.sockets[0].getsockname())
            n=0
            while data:=await reader.read(65536): n+=len(data)
            writer.close(); srv.close()
            return n
        print('received',asyncio.run(main()))
    def good():
        import asyncio
        async def export(reader,writer):
            for i in range(1000):
                writer.write(b'%08d'%i*8192)
                await writer.drain()
            writer.close()
        async def main():
            srv=await asyncio.start_server(export,'127.0.0.1',0)
            reader,writer=await asyncio.open_connection(*srv.sockets[0].getsockname())
            n=0
            while data:=await reader.read(65536): n+=len(data)
            writer.close(); srv.close()
            return n
        print('received',asyncio.run(main()))


if __name__ == "__main__":
    kept = run()
