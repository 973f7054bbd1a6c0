"""Cinema booking site: showings come and go, each with a seat plan and a demand forecast."""
import random
import sys
import weakref
from collections import deque
import numpy as np

HALLS = {"Astor": (18, 26), "Rex": (12, 20), "Lux": (22, 34), "Kino5": (9, 14)}
FILMS = ["Night Ferry", "The Long Rain", "Orbit", "Paper Tigers", "Mandarin", "Salt"]
SHOWINGS = 1500
OPEN_AT_ONCE = 60


class Showing:
    __slots__ = ("number", "film", "hall", "hour", "__weakref__")

    def __init__(self, number, film, hall, hour):
        self.number, self.film, self.hall, self.hour = number, film, hall, hour

    def base_price(self):
        return 950 + (250 if self.hour >= 18 else 0)


class SeatPlan:
    def __init__(self, showing, rng):
        rows, seats = HALLS[showing.hall]
        self.taken = np.zeros((rows, seats), dtype=bool)
        self.demand = rng.random((48, rows, seats), dtype=np.float32)
        self.revenue = 0

    def free(self):
        return int(self.taken.size - self.taken.sum())

    def best_seats(self, n, slot):
        score = np.where(self.taken, np.float32(-1), self.demand[slot])
        flat = np.argsort(score, axis=None)[::-1][:n]
        return [divmod(int(i), self.taken.shape[1]) for i in flat]


class PricedPlanBad(SeatPlan):
    def __init__(self, showing, rng):
        super().__init__(showing, rng)
        self.showing = showing

    def price(self):
        return self.showing.base_price()


class PricedPlanGood(SeatPlan):
    def __init__(self, showing, rng):
        super().__init__(showing, rng)
        self.base = showing.base_price()

    def price(self):
        return self.base


class PlanRegistry:
    """One plan a showing; a plan goes when its showing goes."""

    def __init__(self, plan_class):
        self.plan_class = plan_class
        self.plans = weakref.WeakKeyDictionary()
        self.rng = np.random.default_rng(12)

    def plan_for(self, showing):
        plan = self.plans.get(showing)
        if plan is None:
            plan = self.plans[showing] = self.plan_class(showing, self.rng)
        return plan


class BoxOffice:
    def __init__(self, mode):
        self.registry = PlanRegistry(PricedPlanBad if mode == "bad" else PricedPlanGood)
        self.open = deque()
        self.sold = 0
        self.income = 0
        self.refused = 0

    def announce(self, showing):
        self.open.append(showing)
        if len(self.open) > OPEN_AT_ONCE:
            self._close(self.open.popleft())

    def _close(self, showing):
        self.income += self.registry.plan_for(showing).revenue

    def book(self, showing, n, slot):
        plan = self.registry.plan_for(showing)
        if plan.free() < n:
            self.refused += 1
            return
        for row, seat in plan.best_seats(n, slot):
            plan.taken[row, seat] = True
        plan.revenue += plan.price() * n
        self.sold += n


def main(mode):
    rng = random.Random(314)
    office = BoxOffice(mode)
    halls = list(HALLS)
    for number in range(SHOWINGS):
        office.announce(Showing(number, rng.choice(FILMS), rng.choice(halls), rng.randrange(11, 23)))
        for _ in range(rng.randint(4, 14)):
            office.book(rng.choice(office.open), rng.randint(1, 6), rng.randrange(48))
    print("sold", office.sold, "income", office.income, "refused", office.refused, "open", len(office.open))
    return office


if __name__ == "__main__":
    STATE = main(sys.argv[1] if len(sys.argv) > 1 else "bad")
