"""asyncio: thousands of short tasks that await each other and a queue."""

import asyncio


async def step(queue, i):
    await asyncio.sleep(0)
    await queue.put({"id": i, "text": f"message {i}"})
    return i


async def drain(queue, count):
    total = 0
    for _ in range(count):
        item = await queue.get()
        total += len(item["text"])
    return total


async def main():
    queue = asyncio.Queue()
    total = 0
    for _ in range(6_500):
        tasks = [asyncio.create_task(step(queue, i)) for i in range(200)]
        total += await drain(queue, 200)
        total += sum(await asyncio.gather(*tasks))
    return total


print(asyncio.run(main()))
