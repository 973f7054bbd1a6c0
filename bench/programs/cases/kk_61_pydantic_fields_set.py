import gc
import os
import sys

from harness import CASES, D, case, fixture, run


def ticks(n):
    import random
    r = random.Random(12924)
    for i in range(n):
        bid = r.uniform(90, 110)
        yield {"instrument": 100_000 + i % 700, "sequence": 1_000_000 + i, "bid": bid, "ask": bid + r.random(),
               "bid_size": r.randrange(1000, 90_000), "ask_size": r.randrange(1000, 90_000),
               "last": bid + r.random() / 2, "volume": r.randrange(10_000, 9_000_000),
               "open": r.uniform(90, 110), "high": r.uniform(110, 112), "low": r.uniform(88, 90),
               "vwap": r.uniform(95, 105)}


def book_of_models():
    from pydantic import BaseModel

    class Tick(BaseModel):
        instrument: int
        sequence: int
        bid: float
        ask: float
        bid_size: int
        ask_size: int
        last: float
        volume: int
        open: float
        high: float
        low: float
        vwap: float

    return [Tick(**row) for row in ticks(50_000)]


def book_of_dataclasses():
    from pydantic.dataclasses import dataclass

    @dataclass(slots=True)
    class Tick:
        instrument: int
        sequence: int
        bid: float
        ask: float
        bid_size: int
        ask_size: int
        last: float
        volume: int
        open: float
        high: float
        low: float
        vwap: float

    return [Tick(**row) for row in ticks(50_000)]


@case('61 pydantic models carry a set of field names each')
class _:
    def setup(): import random, pydantic.dataclasses
    def bad():
        return book_of_models()
    def good():
        return book_of_dataclasses()


if __name__ == "__main__":
    kept = run()
