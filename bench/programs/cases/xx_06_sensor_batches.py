"""A worker that decodes sensor batches; what fails is listed for the operators' page."""
import random

import numpy as np

from harness import case, run


class CalibrationError(Exception):
    pass


class Batch:
    def __init__(self, number, payload):
        self.number = number
        self.payload = payload


def batches(count):
    rng = random.Random(6)
    for number in range(count):
        values = np.frombuffer(rng.randbytes(40_000), dtype="<u2") & 0x0FFF
        if number % 6 == 0:
            values[rng.randrange(19_000):][:2] = 65000
        yield Batch(number, values.tobytes())


def decode(batch):
    raw = np.frombuffer(batch.payload, dtype="<u2")
    volts = raw / 4096 * 3.3
    return calibrate(batch.number, volts)


def calibrate(number, volts):
    smooth = (volts[1:] + volts[:-1]) / 2
    if smooth.max() > 5:
        raise CalibrationError(f"batch {number}: {smooth.max():.2f} V out of range")
    return float(smooth.mean())


class Worker:
    def __init__(self):
        self.done = 0
        self.level = 0.0
        self.failures = {}

    def run(self, work):
        for batch in work:
            try:
                self.level += decode(batch)
                self.done += 1
            except CalibrationError as error:
                self.failed(batch, error)

    def failed(self, batch, error):
        self.failures[batch.number] = error

    def report(self):
        worst = max(self.failures.values(), key=str)
        return f"done {self.done} level {self.level:.3f} failed {len(self.failures)} e.g. {worst}"


class ListingWorker(Worker):
    def failed(self, batch, error):
        self.failures[batch.number] = str(error)


def drain(worker):
    worker.run(batches(1300))
    print(worker.report())
    return worker


@case("xx 06 sensor batches")
class _:
    def bad():
        return drain(Worker())

    def good():
        return drain(ListingWorker())


if __name__ == "__main__":
    kept = run()
