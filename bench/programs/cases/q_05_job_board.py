"""Nightly calibration jobs: a runner with retries and a board that shows what became of each job."""
import random
import sys
import time
import traceback

import numpy as np

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"


class JobFailed(Exception):
    def __init__(self, job, reason):
        super().__init__(f"{job}: {reason}")
        self.job = job


class Sensor:
    def __init__(self, number, seed):
        self.number = number
        self.rng = np.random.default_rng(seed)

    def trace(self):
        """Raw samples of one night."""
        size = int(self.rng.integers(60_000, 160_000))
        end = self.rng.normal(0, 0.5)
        samples = self.rng.normal(20, 4, size)
        samples += np.linspace(0, end, size)
        return samples


def fit_baseline(samples):
    smooth = np.convolve(samples, np.ones(16) / 16, mode="valid")
    slope = float(np.polyfit(np.arange(0, smooth.size, 64), smooth[::64], 1)[0])
    if abs(slope) * smooth.size > 0.55:
        raise ValueError("drift of %.3f over the night" % (slope * smooth.size))
    return float(smooth.mean())


def calibrate(sensor):
    samples = sensor.trace()
    try:
        return fit_baseline(samples)
    except ValueError as problem:
        raise JobFailed(f"sensor-{sensor.number}", "no baseline") from problem


class Outcome:
    def __init__(self, job, state, value, error=None):
        self.job = job
        self.state = state
        self.value = value
        self.error = error

    def line(self):
        if self.error is None:
            return f"{self.job} {self.state} {self.value:.2f}"
        cause = self.error if isinstance(self.error, str) else describe(self.error)
        return f"{self.job} {self.state} {cause}"


def describe(error):
    cause = error.__cause__
    return f"{error} ({traceback.format_exception_only(cause)[-1].strip()})"


class Board:
    def __init__(self):
        self.outcomes = {}

    def success(self, job, value):
        self.outcomes[job] = Outcome(job, "ok", value)

    def failure_bad(self, job, error):
        self.outcomes[job] = Outcome(job, "failed", 0.0, error)

    def failure_good(self, job, error):
        self.outcomes[job] = Outcome(job, "failed", 0.0, describe(error))

    def page(self):
        return "\n".join(o.line() for o in self.outcomes.values())


class Runner:
    def __init__(self, board):
        self.board = board
        self.spent = 0.0

    def run(self, sensor):
        job = f"calibrate-{sensor.number}"
        begun = time.perf_counter()
        try:
            self.board.success(job, calibrate(sensor))
        except JobFailed as error:
            failure = self.board.failure_bad if ARM == "bad" else self.board.failure_good
            failure(job, error)
        finally:
            self.spent += time.perf_counter() - begun


def main():
    rng = random.Random(17)
    board = Board()
    runner = Runner(board)
    for number in range(300):
        runner.run(Sensor(number, rng.randrange(1 << 30)))
    page = board.page()
    failed = [o for o in board.outcomes.values() if o.state == "failed"]
    print("jobs", len(board.outcomes), "failed", len(failed), "page", len(page))
    return board


if __name__ == "__main__":
    board = main()
