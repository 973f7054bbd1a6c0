import asyncio

from harness import case, run


async def capture(queue):
    for n in range(1200):
        await queue.put(bytes([n % 256]) * 80_000)
    await queue.put(None)


async def encode(queue):
    size = 0
    while True:
        block = await queue.get()
        if block is None:
            return size
        await asyncio.sleep(0.001)
        size += len(block)


async def record(queue):
    producer = asyncio.create_task(capture(queue))
    size = await encode(queue)
    await producer
    print("encoded", size)


@case("mm 08 audio queue")
class _:
    def bad():
        async def main():
            queue = asyncio.Queue()
            await record(queue)
        asyncio.run(main())

    def good():
        async def main():
            queue = asyncio.Queue(maxsize=16)
            await record(queue)
        asyncio.run(main())


if __name__ == "__main__":
    kept = run()
