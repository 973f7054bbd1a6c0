import asyncio
import zlib

from harness import case, run


class EventBus:
    def __init__(self):
        self.subscribers = set()
        self.published = 0

    def subscribe(self):
        queue = asyncio.Queue()
        self.subscribers.add(queue)
        return queue

    def unsubscribe(self, queue):
        self.subscribers.discard(queue)

    def publish(self, event):
        self.published += 1
        for queue in self.subscribers:
            queue.put_nowait(event)


def frame(event):
    return "event: %s\ndata: %s\n\n" % (event["type"], event["body"])


async def events(bus):
    """GET /events"""
    queue = bus.subscribe()
    while True:
        yield frame(await queue.get())


async def events_v2(bus):
    """GET /v2/events"""
    queue = bus.subscribe()
    try:
        while True:
            yield frame(await queue.get())
    finally:
        bus.unsubscribe(queue)


async def browser(endpoint, bus, reads):
    """A dashboard tab: reads some frames, then is closed."""
    check = 0
    stream = endpoint(bus)
    try:
        async for text in stream:
            check = zlib.crc32(text.encode(), check)
            reads -= 1
            if reads == 0:
                return check
    finally:
        await stream.aclose()


async def tasks_progress(bus, count):
    for number in range(count):
        bus.publish({"type": "progress", "body": ("task %d step %d " % (number % 50, number)) * 30})
        await asyncio.sleep(0)


async def serve(endpoint, bus, tabs, count):
    readers = [asyncio.create_task(browser(endpoint, bus, 3000 + 10 * tab)) for tab in range(tabs)]
    await asyncio.sleep(0)
    await tasks_progress(bus, count)
    checks = await asyncio.gather(*readers)
    print(bus.published, sum(checks) % 1000003)


@case("zz 03 event stream")
class _:
    def bad():
        bus = EventBus()
        asyncio.run(serve(events, bus, 12, 80000))
        return bus

    def good():
        bus = EventBus()
        asyncio.run(serve(events_v2, bus, 12, 80000))
        return bus


if __name__ == "__main__":
    kept = run()
