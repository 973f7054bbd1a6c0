import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('09 memo of one plan kept for the next')
class _:
    def bad():
        from functools import lru_cache

        class CuttingPlanner:
            def __init__(self):
                self.orders = {}
                self.best = lru_cache(maxsize=None)(self._best)

            def _best(self, order, index, left):
                pieces = self.orders[order]
                if index == len(pieces):
                    return left
                waste = self.best(order, index + 1, left)
                if pieces[index] <= left:
                    waste = min(waste, self.best(order, index + 1, left - pieces[index]))
                return waste

            def plan(self, order, pieces, bar):
                self.orders[order] = pieces
                waste = self.best(order, 0, bar)
                del self.orders[order]
                return waste

        planner = CuttingPlanner()
        total = 0
        for order in range(60):
            pieces = tuple(7 + (order * 13 + step * 29) % 61 for step in range(40))
            total += planner.plan(1_000_000 + order, pieces, 380 + order % 7)
        print('waste', total)
        return planner

    def good():
        from functools import lru_cache

        class CuttingPlanner:
            def __init__(self):
                self.orders = {}
                self.best = lru_cache(maxsize=None)(self._best)

            def _best(self, order, index, left):
                pieces = self.orders[order]
                if index == len(pieces):
                    return left
                waste = self.best(order, index + 1, left)
                if pieces[index] <= left:
                    waste = min(waste, self.best(order, index + 1, left - pieces[index]))
                return waste

            def plan(self, order, pieces, bar):
                self.orders[order] = pieces
                waste = self.best(order, 0, bar)
                del self.orders[order]
                self.best.cache_clear()
                return waste

        planner = CuttingPlanner()
        total = 0
        for order in range(60):
            pieces = tuple(7 + (order * 13 + step * 29) % 61 for step in range(40))
            total += planner.plan(1_000_000 + order, pieces, 380 + order % 7)
        print('waste', total)
        return planner


if __name__ == "__main__":
    kept = run()
