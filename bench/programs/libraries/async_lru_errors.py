"""Product enricher: looks every item up once, many of the items are unknown."""
import asyncio
import json
import time

from async_lru import alru_cache

ITEMS = 900


class UnknownItem(Exception):
    pass


async def fetch_page(number):
    """The supplier's answer, about 80 kB of text."""
    await asyncio.sleep(0)
    status = 200 if number % 3 == 0 else 404
    filler = ("line %06d " % number) * 6_000
    return status, json.dumps({"item": number, "price": number * 7 % 100, "text": filler})


@alru_cache(maxsize=None)
async def price_of(number):
    status, body = await fetch_page(number)
    if status != 200:
        raise UnknownItem("item %d: status %d" % (number, status))
    return json.loads(body)["price"]


async def worker(queue, result):
    while True:
        number = await queue.get()
        if number is None:
            return
        try:
            result["total"] += await price_of(number)
            result["known"] += 1
        except UnknownItem:
            result["unknown"] += 1


async def main():
    queue = asyncio.Queue()
    result = {"total": 0, "known": 0, "unknown": 0}
    for number in range(ITEMS):
        queue.put_nowait(number)
    for _ in range(4):
        queue.put_nowait(None)
    await asyncio.gather(*(worker(queue, result) for _ in range(4)))
    print(result, price_of.cache_info())
    time.sleep(0.3)


asyncio.run(main())
