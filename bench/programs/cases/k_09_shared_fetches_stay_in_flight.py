import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('09 shared fetches stay in flight')
class _:
    def setup():
        import asyncio

    def bad():
        import asyncio

        class QuoteService:
            def __init__(self):
                self.in_flight = {}

            async def download(self, symbol):
                await asyncio.sleep(0)
                return symbol.encode() + b" 101.25 101.50\n" * 1_400

            async def quotes(self, symbol):
                task = self.in_flight.get(symbol)
                if task is None:
                    task = asyncio.create_task(self.download(symbol))
                    self.in_flight[symbol] = task
                return await task

        async def serve(service):
            sent = 0
            for minute in range(100):
                symbols = [f"S{minute}.{number // 2}" for number in range(80)]
                for page in await asyncio.gather(*map(service.quotes, symbols)):
                    sent += len(page)
            return sent

        service = QuoteService()
        print(f"{asyncio.run(serve(service))} bytes sent")
        return service

    def good():
        import asyncio

        class QuoteService:
            def __init__(self):
                self.in_flight = {}

            async def download(self, symbol):
                await asyncio.sleep(0)
                return symbol.encode() + b" 101.25 101.50\n" * 1_400

            async def quotes(self, symbol):
                task = self.in_flight.get(symbol)
                if task is None:
                    task = asyncio.create_task(self.download(symbol))
                    self.in_flight[symbol] = task
                    task.add_done_callback(lambda done: self.in_flight.pop(symbol))
                return await task

        async def serve(service):
            sent = 0
            for minute in range(100):
                symbols = [f"S{minute}.{number // 2}" for number in range(80)]
                for page in await asyncio.gather(*map(service.quotes, symbols)):
                    sent += len(page)
            return sent

        service = QuoteService()
        print(f"{asyncio.run(serve(service))} bytes sent")
        return service


if __name__ == "__main__":
    kept = run()
