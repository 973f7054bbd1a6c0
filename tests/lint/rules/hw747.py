# sized
import asyncio
async def fetch(url):
    body = bytearray(len(url))
    await asyncio.sleep(0)
    return len(body)
async def polite(url, limit):
    async with limit:
        return await fetch(url)
async def all_of(urls):
    return await asyncio.gather(*(fetch(url) for url in urls))  # expect: HW747
async def listed(urls):
    tasks = [asyncio.create_task(fetch(url)) for url in urls]  # expect: HW747
    return await asyncio.gather(*tasks)
async def as_they_come(urls):
    for done in asyncio.as_completed([fetch(url) for url in urls]):  # expect: HW747
        print(await done)
async def limited(urls):
    limit = asyncio.Semaphore(10)
    return await asyncio.gather(*(polite(url, limit) for url in urls))  # expect: HW747
async def few():
    return await asyncio.gather(*(fetch(url) for url in ("a", "b")))
async def counted(url):
    return await asyncio.gather(*(fetch(url + str(n)) for n in range(10)))
async def many(url):
    return await asyncio.gather(*(fetch(url + str(n)) for n in range(5000)))  # expect: HW747
async def in_batches(urls):
    for start in range(0, len(urls), 10):
        await asyncio.gather(*(fetch(url) for url in urls[start:start + 10]))
    for batch in zip(urls, urls):
        await asyncio.gather(*(fetch(url) for url in batch))
async def one_by_one(urls):
    return [await fetch(url) for url in urls]
def only_made(urls):
    return [fetch(url) for url in urls]
