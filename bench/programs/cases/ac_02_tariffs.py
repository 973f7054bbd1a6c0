"""Reprices the parcel book against the tariff tables that the carriers publish every night."""
from functools import lru_cache

import numpy as np

from harness import case, run

ZONES = 400
WEIGHTS = 600


class TariffTable:
    """One carrier's price matrix: zone by weight class."""

    def __init__(self, carrier):
        self.carrier = carrier
        rng = np.random.default_rng(carrier)
        base = rng.uniform(2.0, 9.0, size=(ZONES, 1))
        self.prices = base + np.linspace(0.0, 30.0, WEIGHTS)

    def surcharge(self, zone):
        return 0.12 if zone % 7 == 0 else 0.05

    @lru_cache(maxsize=None)
    def quote(self, zone, weight):
        return float(self.prices[zone, weight]) * (1.0 + self.surcharge(zone))


class NightTariffTable(TariffTable):
    def __init__(self, carrier):
        super().__init__(carrier)
        self._quotes = {}

    def quote(self, zone, weight):
        key = zone, weight
        price = self._quotes.get(key)
        if price is None:
            price = float(self.prices[zone, weight]) * (1.0 + self.surcharge(zone))
            self._quotes[key] = price
        return price


def parcels(count=60_000):
    rng = np.random.default_rng(99)
    zones = rng.integers(0, ZONES, count) // 20 * 20
    weights = rng.integers(0, WEIGHTS, count) // 30 * 30
    return list(zip(zones.tolist(), weights.tolist()))


class Repricer:
    def __init__(self, table_class):
        self.table_class = table_class
        self.totals = {}

    def price_book(self, carrier, book):
        table = self.table_class(carrier)
        return sum(table.quote(zone, weight) for zone, weight in book)

    def run(self, carriers, book):
        for carrier in carriers:
            self.totals[carrier] = self.price_book(carrier, book)

    def cheapest(self):
        return min(self.totals.items(), key=lambda item: item[1])


def nightly(table_class):
    repricer = Repricer(table_class)
    repricer.run(range(70), parcels())
    carrier, total = repricer.cheapest()
    print(f"cheapest carrier {carrier}: {total:.2f}")
    return repricer


@case("ac 02 tariffs")
class _:
    def bad():
        return nightly(TariffTable)

    def good():
        return nightly(NightTariffTable)


if __name__ == "__main__":
    kept = run()
