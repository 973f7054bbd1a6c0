"""Moves a clickstream from the collector to the warehouse through an asyncio pipeline."""
import asyncio
import hashlib

from harness import case, run


class Collector:
    def __init__(self, count):
        self.count = count

    async def messages(self):
        for n in range(self.count):
            yield b"%08d|session-%d|" % (n, n % 4001) + b"/shop/category/item?" * 140


class Warehouse:
    def __init__(self):
        self.rows = 0
        self.digest = hashlib.sha1()

    async def insert(self, message):
        await asyncio.sleep(0)
        sequence, session, page = message.split(b"|", 2)
        self.digest.update(session + sequence)
        self.rows += 1


class Pipeline:
    def __init__(self, collector, warehouse, queue):
        self.collector = collector
        self.warehouse = warehouse
        self.queue = queue

    async def pump(self):
        async for message in self.collector.messages():
            await self.queue.put(message)
        await self.queue.put(None)

    async def drain(self):
        while True:
            message = await self.queue.get()
            if message is None:
                break
            await self.warehouse.insert(message)

    async def run(self):
        await asyncio.gather(self.pump(), self.drain())
        print(f"{self.warehouse.rows} rows, {self.warehouse.digest.hexdigest()[:16]}")


async def move(**queue_options):
    pipeline = Pipeline(Collector(50_000), Warehouse(), asyncio.Queue(**queue_options))
    await pipeline.run()


@case("ab 08 clickstream")
class _:
    def bad():
        asyncio.run(move())

    def good():
        asyncio.run(move(maxsize=500))


if __name__ == "__main__":
    kept = run()
