import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('06 done-callback per request on the shutdown future')
class _:
    def setup(): import asyncio
    def bad():
        import asyncio
        async def handle(stop,body):
            task=asyncio.current_task()
            stop.add_done_callback(lambda f: (task.cancel(),len(body)))
            await asyncio.sleep(0)
            return len(body)
        async def main():
            stop=asyncio.get_running_loop().create_future()
            for i in range(300): await asyncio.create_task(handle(stop,bytearray(b'x')*300_000))
            return stop
        return asyncio.run(main())
    def good():
        import asyncio
        async def handle(stop,body):
            task=asyncio.current_task()
            cb=lambda f: (task.cancel(),len(body))
            stop.add_done_callback(cb)
            try:
                await asyncio.sleep(0)
                return len(body)
            finally: stop.remove_done_callback(cb); del task,cb
        async def main():
            stop=asyncio.get_running_loop().create_future()
            for i in range(300): await asyncio.create_task(handle(stop,bytearray(b'x')*300_000))
            return stop
        return asyncio.run(main())


if __name__ == "__main__":
    kept = run()
