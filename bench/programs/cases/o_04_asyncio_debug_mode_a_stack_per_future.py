import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('04 asyncio debug mode, a stack per future')
class _:
    def setup(): import asyncio
    def run(debug):
        import asyncio
        waiting={}
        async def register(k): waiting[k]=asyncio.get_running_loop().create_future()
        async def client(k): await register(k)
        async def service(k): await client(k)
        async def main():
            for k in range(35_000): await service(k)
        asyncio.run(main(),debug=debug); return waiting
    def bad(): return CASES['04 asyncio debug mode, a stack per future'].run(True)
    def good(): return CASES['04 asyncio debug mode, a stack per future'].run(False)


if __name__ == "__main__":
    kept = run()
