"""Lab instrument logger: one acquisition per run, summarised and stored in a run book."""
import sys
import weakref

import numpy as np

CHANNELS = {"pressure": (1.2, 0.02), "temperature": (293.0, 0.4), "flow": (4.5, 0.3), "ph": (7.1, 0.05)}


class PortPool:
    """A few serial ports, handed out to acquisitions."""

    def __init__(self, count):
        self.free = [f"/dev/ttyLAB{k}" for k in range(count)]
        self.leases = 0

    def lease(self):
        self.leases += 1
        return self.free.pop()

    def give_back(self, port):
        self.free.append(port)


class Acquisition:
    """Base: samples of a single run and the port they came from."""

    def __init__(self, pool, channel, length):
        self.pool = pool
        self.port = pool.lease()
        self.channel = channel
        self.samples = np.empty(length)
        self.filled = 0
        self.guard()

    def guard(self):
        raise NotImplementedError

    def feed(self, chunk):
        self.samples[self.filled:self.filled + len(chunk)] = chunk
        self.filled += len(chunk)

    def close(self):
        if self.port is not None:
            self.pool.give_back(self.port)
            self.port = None


class BoundAcquisition(Acquisition):
    """The port goes back even if the operator forgets to close the run."""

    def guard(self):
        self.finalizer = weakref.finalize(self, self.release)

    def release(self):
        self.close()


class DetachedAcquisition(Acquisition):
    """The port goes back even if the operator forgets to close the run."""

    def guard(self):
        self.lent = [self.port]
        self.finalizer = weakref.finalize(self, give_back_lent, self.pool, self.lent)

    def close(self):
        super().close()
        self.lent.clear()


def give_back_lent(pool, lent):
    while lent:
        pool.give_back(lent.pop())


class Simulator:
    """Stands for the instrument: drift, noise and an occasional spike."""

    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)

    def chunks(self, channel, length, size=4096):
        level, noise = CHANNELS[channel]
        sent = 0
        while sent < length:
            count = min(size, length - sent)
            level += self.rng.normal(0, noise / 10)
            chunk = self.rng.normal(level, noise, count)
            if self.rng.random() < 0.05:
                chunk[self.rng.integers(count)] += 20 * noise
            yield chunk
            sent += count


class RunBook:
    def __init__(self):
        self.entries = []

    def note(self, run_id, acquisition):
        data = acquisition.samples[:acquisition.filled]
        mean, spread = float(data.mean()), float(data.std())
        peaks = int(np.count_nonzero((data > mean + 8 * spread) | (data < mean - 8 * spread)))
        self.entries.append((run_id, acquisition.channel, acquisition.filled, mean, spread, peaks))


class Laboratory:
    def __init__(self, arm):
        self.pool = PortPool(3)
        self.book = RunBook()
        self.source = Simulator(62)
        self.kind = BoundAcquisition if arm == "bad" else DetachedAcquisition

    def run(self, run_id, channel, length):
        acquisition = self.kind(self.pool, channel, length)
        for chunk in self.source.chunks(channel, length):
            acquisition.feed(chunk)
        self.book.note(run_id, acquisition)
        acquisition.close()


def main(arm):
    lab = Laboratory(arm)
    names = list(CHANNELS)
    for n in range(140):
        lab.run(f"run-{n:04d}", names[n % len(names)], 60_000 + (n * 7919) % 60_000)
    peaks = sum(e[5] for e in lab.book.entries)
    total = sum(e[2] for e in lab.book.entries)
    print(f"runs={len(lab.book.entries)} samples={total} peaks={peaks} free={len(lab.pool.free)} leases={lab.pool.leases}")
    return lab


if __name__ == "__main__":
    LAB = main(sys.argv[1])
