import asyncio
from collections import Counter

from harness import case, run

ROOMS = ("lobby", "support", "trading", "offtopic")


class Relay:
    """Counts what passes through the rooms until the server says it closes."""

    def __init__(self):
        self.closing = asyncio.Event()
        self.passed = Counter()

    async def pump(self, room, inbox):
        while not self.closing.is_set():
            message = asyncio.create_task(inbox.get())
            closing = asyncio.create_task(self.closing.wait())
            await asyncio.wait({message, closing}, return_when=asyncio.FIRST_COMPLETED)
            if not message.done():
                message.cancel()
                break
            self.accept(room, message.result())

    def accept(self, room, message):
        self.passed[room] += 1
        self.passed["bytes"] += len(message)


class SteadyRelay(Relay):
    async def pump(self, room, inbox):
        closing = asyncio.create_task(self.closing.wait())
        while not self.closing.is_set():
            message = asyncio.create_task(inbox.get())
            await asyncio.wait({message, closing}, return_when=asyncio.FIRST_COMPLETED)
            if not message.done():
                message.cancel()
                break
            self.accept(room, message.result())
        closing.cancel()


async def talk(inbox, room, count):
    for number in range(count):
        await inbox.put(f"{room} {number:06d} hello")


async def evening(kind, count):
    relay = kind()
    inboxes = {room: asyncio.Queue(maxsize=8) for room in ROOMS}
    pumps = [asyncio.create_task(relay.pump(room, inbox)) for room, inbox in inboxes.items()]
    await asyncio.gather(*(talk(inbox, room, count) for room, inbox in inboxes.items()))
    while any(not inbox.empty() for inbox in inboxes.values()):
        await asyncio.sleep(0)
    await asyncio.sleep(0.05)
    relay.closing.set()
    await asyncio.gather(*pumps)
    print(sorted(relay.passed.items()))
    return relay


@case("qq 03 chat relay")
class _:
    def bad():
        return asyncio.run(evening(Relay, 12_000))

    def good():
        return asyncio.run(evening(SteadyRelay, 12_000))


if __name__ == "__main__":
    kept = run()
