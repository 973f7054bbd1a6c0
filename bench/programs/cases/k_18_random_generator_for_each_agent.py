import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('18 random generator for each agent')
class _:
    def setup():
        import random

    def bad():
        import random

        class Walker:
            __slots__ = ("position", "steps", "random")

            def __init__(self, number):
                self.position = 0
                self.steps = 0
                self.random = random.Random(number)

            def step(self):
                self.position += self.random.choice((-1, 1))
                self.steps += 1

        walkers = [Walker(number) for number in range(36_000)]
        for _ in range(10):
            for walker in walkers:
                walker.step()
        inside = sum(-10 <= walker.position <= 10 for walker in walkers)
        print(f"{sum(w.steps for w in walkers)} steps, {inside} walkers within reach")
        return walkers

    def good():
        import random

        class Walker:
            __slots__ = ("position", "steps", "random")

            def __init__(self, generator):
                self.position = 0
                self.steps = 0
                self.random = generator

            def step(self):
                self.position += self.random.choice((-1, 1))
                self.steps += 1

        generator = random.Random(7)
        walkers = [Walker(generator) for _ in range(36_000)]
        for _ in range(10):
            for walker in walkers:
                walker.step()
        inside = sum(-10 <= walker.position <= 10 for walker in walkers)
        print(f"{sum(w.steps for w in walkers)} steps, {inside} walkers within reach")
        return walkers


if __name__ == "__main__":
    kept = run()
