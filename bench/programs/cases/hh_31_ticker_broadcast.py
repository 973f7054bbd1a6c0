"""A price feed given to several consumers: a fast one that books each tick, a slow one that redraws a board."""
import asyncio
import random
from array import array

from harness import CASES, D, case, fixture, run


class OrderBook:
    """The state of one symbol after a tick."""
    __slots__ = ("symbol", "sequence", "bids", "asks")

    def __init__(self, symbol, sequence, rng):
        self.symbol = symbol
        self.sequence = sequence
        mid = 50 + rng.random() * 100
        step = rng.choice((0.01, 0.02, 0.05))
        self.bids = array("d", (mid - step * k for k in range(600)))
        self.asks = array("d", (mid + step * k for k in range(600)))

    @property
    def spread(self):
        return self.asks[1] - self.bids[1]


class Broadcast:
    """Each reader sees the feed at his own pace."""

    def __init__(self):
        self._readers = []

    def reader(self, latest_only=False):
        queue = asyncio.Queue()
        self._readers.append(queue)
        return queue

    def publish(self, book):
        for queue in self._readers:
            queue.put_nowait(book)


class ConflatingBroadcast(Broadcast):
    """A reader that only wants the newest state gets a queue of one."""

    def reader(self, latest_only=False):
        queue = asyncio.Queue(maxsize=1 if latest_only else 0)
        self._readers.append(queue)
        return queue

    def publish(self, book):
        for queue in self._readers:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(book)


class Booking:
    def __init__(self, queue):
        self.queue = queue
        self.ticks = 0
        self.spread = 0.0

    async def run(self):
        while (book := await self.queue.get()) is not None:
            self.ticks += 1
            self.spread += book.spread


class Board:
    def __init__(self, queue, period):
        self.queue = queue
        self.period = period
        self.frames = []

    async def run(self):
        while True:
            book = await self.queue.get()
            self.frames.append((book.symbol, book.sequence // 1_000_000, round(book.spread, 4)))
            await asyncio.sleep(self.period)


async def session(broadcast, ticks=8000):
    rng = random.Random(31)
    booking = Booking(broadcast.reader())
    board = Board(broadcast.reader(latest_only=True), period=0.05)
    booker, painter = asyncio.create_task(booking.run()), asyncio.create_task(board.run())
    for n in range(ticks):
        broadcast.publish(OrderBook(f"SYM{rng.randrange(40)}", n, rng))
        if n % 4 == 0:
            await asyncio.sleep(0)
    booking.queue.put_nowait(None)
    await booker
    painter.cancel()
    return broadcast, booking.ticks, booking.spread, board.frames[-1:]


@case('31 broadcast queue of a slow reader')
class _:
    def bad():
        return asyncio.run(session(Broadcast()))

    def good():
        return asyncio.run(session(ConflatingBroadcast()))


if __name__ == "__main__":
    kept = run()
