"""Hotel availability search: quotes a stay, places a hold that falls back after a quarter of an hour."""
import asyncio
import contextvars
import random
import sys
from dataclasses import dataclass, field

ARM = sys.argv[1]
HOLD_SECONDS = 900
REQUESTS = 700
HOTELS = 60

current_search = contextvars.ContextVar("current_search")
SERVICE_CONTEXT = contextvars.copy_context()


@dataclass
class Offer:
    hotel: int
    room: str
    night: int
    price: float


@dataclass
class Search:
    number: int
    arrival: int
    nights: int
    guests: int
    offers: list = field(default_factory=list)


class RateSource:
    """Stands for the rate feeds of the chains."""

    ROOMS = ("single", "double", "twin", "suite")

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.level = [self.random.uniform(60, 240) for _ in range(HOTELS)]

    def night(self, hotel, night):
        for step, room in enumerate(self.ROOMS):
            if self.random.random() < 0.8:
                yield Offer(hotel, room, night, self.level[hotel] * (1 + 0.3 * step) * self.random.uniform(0.8, 1.3))


class HoldBook:
    def __init__(self):
        self.holds = {}
        self.timers = {}
        self.counter = 0

    def _expire(self, key):
        self.holds.pop(key, None)
        self.timers.pop(key, None)

    def _arm_bad(self, key):
        loop = asyncio.get_running_loop()
        return loop.call_later(HOLD_SECONDS, self._expire, key)

    def _arm_good(self, key):
        loop = asyncio.get_running_loop()
        return loop.call_later(HOLD_SECONDS, self._expire, key, context=SERVICE_CONTEXT)

    _arm = _arm_bad if ARM == "bad" else _arm_good

    def place(self, hotel, total):
        self.counter += 1
        self.holds[self.counter] = (hotel, round(total, 2))
        self.timers[self.counter] = self._arm(self.counter)
        return self.counter


class Availability:
    def __init__(self, rates, book):
        self.rates = rates
        self.book = book

    async def collect(self):
        search = current_search.get()
        for hotel in range(HOTELS):
            for night in range(search.arrival, search.arrival + search.nights):
                search.offers.extend(self.rates.night(hotel, night))
            if hotel % 20 == 0:
                await asyncio.sleep(0)

    def cheapest(self):
        search = current_search.get()
        best = {}
        for offer in search.offers:
            slot = (offer.hotel, offer.night)
            best[slot] = min(best.get(slot, 1e9), offer.price)
        totals = {}
        for (hotel, _), price in best.items():
            totals.setdefault(hotel, []).append(price)
        whole = {hotel: sum(prices) for hotel, prices in totals.items() if len(prices) == search.nights}
        return min(whole.items(), key=lambda pair: pair[1])

    async def handle(self, number, arrival, nights, guests):
        current_search.set(Search(number, arrival, nights, guests))
        await self.collect()
        hotel, total = self.cheapest()
        return self.book.place(hotel, total * (1 + 0.1 * (guests > 2)))


async def serve(service, seed):
    rnd = random.Random(seed)
    for number in range(0, REQUESTS, 4):
        burst = [asyncio.create_task(service.handle(number + k, rnd.randrange(365), rnd.randint(2, 9), rnd.randint(1, 4)))
                 for k in range(4)]
        await asyncio.gather(*burst)


LOOP = asyncio.new_event_loop()
BOOK = HoldBook()
LOOP.run_until_complete(serve(Availability(RateSource(8), BOOK), 9))
print("holds", len(BOOK.holds), "value %.0f" % sum(total for _, total in BOOK.holds.values()))
