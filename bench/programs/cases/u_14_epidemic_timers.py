"""Event-driven epidemic on a random contact network, with cancellable timers."""
import heapq
import sys

import numpy as np

ARM = sys.argv[1] if len(sys.argv) > 1 else "good"
PEOPLE, HORIZON, SEEDS, TRACE = 24_000, 140.0, 60, 2_000


class Timer:
    __slots__ = ("due", "serial", "action", "cancelled")

    def __init__(self, due, serial, action):
        self.due, self.serial = due, serial
        self.action = action
        self.cancelled = False

    def __lt__(self, other):
        return (self.due, self.serial) < (other.due, other.serial)

    def cancel_bad(self):
        self.cancelled = True

    def cancel_good(self):
        self.cancelled = True
        self.action = None

    def cancel(self):
        self.cancel_bad() if ARM == "bad" else self.cancel_good()


class Clock:
    def __init__(self):
        self.now = 0.0
        self.queue = []
        self.serial = 0

    def after(self, delay, action):
        self.serial += 1
        timer = Timer(self.now + delay, self.serial, action)
        heapq.heappush(self.queue, timer)
        return timer

    def run_until(self, end):
        while self.queue and self.queue[0].due <= end:
            timer = heapq.heappop(self.queue)
            if timer.cancelled:
                continue
            self.now = timer.due
            timer.action()
        self.now = end


class Population:
    def __init__(self, rng, n):
        self.state = np.zeros(n, dtype=np.int8)
        self.degree = (4 + rng.pareto(2.5, n) * 3).astype(np.int16)
        self.home = rng.integers(0, n, n, dtype=np.int32)

    def contacts(self, rng, person):
        n = self.state.size
        spread = rng.normal(0, n / 40, int(min(self.degree[person], 60)))
        return ((self.home[person] + spread).astype(np.int64) % n).tolist()

    def exposure_trace(self, rng, person):
        """The places a person has been at, for a late follow-up interview."""
        steps = rng.normal(0, 3, TRACE).cumsum() + self.home[person]
        return steps.astype(np.float32)


class Epidemic:
    def __init__(self, rng, population):
        self.rng, self.population = rng, population
        self.clock = Clock()
        self.follow_ups = {}
        self.counts = {"infected": 0, "recovered": 0, "interviews": 0, "traced": 0}

    def infect(self, person):
        if self.population.state[person]:
            return
        self.population.state[person] = 1
        self.counts["infected"] += 1
        for other in self.population.contacts(self.rng, person):
            if self.rng.random() < 0.27:
                delay = float(self.rng.gamma(2.0, 1.8))
                self.clock.after(delay, lambda other=other: self.infect(other))
        self.clock.after(float(self.rng.gamma(5.0, 2.0)), lambda: self.recover(person))
        self.plan_follow_up(person)

    def plan_follow_up(self, person):
        trace = self.population.exposure_trace(self.rng, person)

        def interview():
            self.follow_ups.pop(person, None)
            self.counts["interviews"] += 1
            self.counts["traced"] += int((trace > 0).sum())

        delay = 12.0 if self.rng.random() < 0.03 else 150.0
        self.follow_ups[person] = self.clock.after(delay, interview)

    def recover(self, person):
        self.population.state[person] = 2
        self.counts["recovered"] += 1
        timer = self.follow_ups.pop(person, None)
        if timer is not None:
            timer.cancel()


def main():
    rng = np.random.default_rng(61)
    epidemic = Epidemic(rng, Population(rng, PEOPLE))
    for person in rng.choice(PEOPLE, SEEDS, replace=False).tolist():
        epidemic.infect(person)
    for day in range(10, int(HORIZON) + 1, 10):
        epidemic.clock.run_until(float(day))
    counts = " ".join(f"{name}={value}" for name, value in epidemic.counts.items())
    print(f"{counts} waiting={len(epidemic.clock.queue)} open={len(epidemic.follow_ups)}")
    return epidemic


EPIDEMIC = main()
