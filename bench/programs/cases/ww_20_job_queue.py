"""Splits a scoring run into jobs, queues them as bytes and works the queue off."""
import pickle
from collections import deque
from functools import partial

import cloudpickle
import numpy as np

from harness import case, run


def score_rows(start, stop, scale):
    rng = np.random.default_rng(start)
    return float(np.round(scale * rng.standard_normal(stop - start).sum(), 9))


class JobQueue:
    def __init__(self):
        self.waiting = deque()
        self.results = []

    def submit(self, call):
        self.waiting.append(cloudpickle.dumps(call))

    def work(self):
        while self.waiting:
            call = pickle.loads(self.waiting.popleft())
            self.results.append(call())


class ScoringRun:
    def __init__(self, rows=19_200_000, scale=1.25):
        self.rows = rows
        self.scale = scale
        self.history = np.arange(160_000, dtype=np.float64)
        self.weights = np.ones(1000)

    def score(self, start, stop):
        return score_rows(start, stop, self.scale)

    def job(self, start, stop):
        return partial(self.score, start, stop)

    def start(self, queue, batch=400_000):
        for start in range(0, self.rows, batch):
            queue.submit(self.job(start, start + batch))
        return queue


class LightScoringRun(ScoringRun):
    def job(self, start, stop):
        return partial(score_rows, start, stop, self.scale)


def score(kind):
    queue = kind().start(JobQueue())
    waiting = len(queue.waiting)
    queue.work()
    print(waiting, len(queue.results), round(sum(queue.results), 6))
    return queue


@case("ww 20 job queue")
class _:
    def bad():
        return score(ScoringRun)

    def good():
        return score(LightScoringRun)


if __name__ == "__main__":
    kept = run()
