"""Keeps the closing ticks of each trading session from Arrow messages."""
import numpy as np
import pyarrow as pa

from harness import CASES, D, case, fixture, run


def build(path):
    """What the exchange sends: a message for each session, an Arrow stream of one batch."""
    rng = np.random.default_rng(42)
    schema = pa.schema([("time", pa.int64()), ("price", pa.float64()), ("size", pa.int32())])
    with open(path, "wb") as out:
        for day in range(60):
            n = int(rng.integers(50_000, 60_000))
            sink = pa.BufferOutputStream()
            with pa.ipc.new_stream(sink, schema) as writer:
                writer.write_batch(pa.record_batch([
                    pa.array(np.sort(rng.integers(0, 30_600_000, n)) + day * 86_400_000),
                    pa.array(100 + rng.normal(0, .01, n).cumsum()),
                    pa.array(rng.integers(1, 900, n), pa.int32())], schema=schema))
            message = sink.getvalue().to_pybytes()
            out.write(len(message).to_bytes(8, "little") + message)


def sessions(path):
    with open(path, "rb") as wire:
        while head := wire.read(8):
            message = wire.read(int.from_bytes(head, "little"))
            with pa.ipc.open_stream(message) as reader:
                yield from reader


class Closing:
    """The last ticks of all sessions; the volume of each is noted on the way."""

    ticks = 8

    def __init__(self):
        self.parts = []
        self.volume = []

    def tail(self, batch):
        raise NotImplementedError

    def add(self, batch):
        self.volume.append(int(np.asarray(batch.column("size")).sum()))
        self.parts.append(self.tail(batch))

    def table(self):
        return pa.Table.from_batches(self.parts)


class ClosingSliced(Closing):
    def tail(self, batch):
        return batch.slice(batch.num_rows - self.ticks)


class ClosingTaken(Closing):
    def tail(self, batch):
        return batch.take(pa.array(range(batch.num_rows - self.ticks, batch.num_rows), pa.int32()))


def collect(closing):
    for batch in sessions(fixture("f6_ticks.arrow", build)):
        closing.add(batch)
    return closing


@case('42 slices of record batches')
class _:
    def setup():
        import pandas                    # pyarrow would import it in the midst of the work
        fixture("f6_ticks.arrow", build)

    def bad():
        return collect(ClosingSliced())

    def good():
        return collect(ClosingTaken())


if __name__ == "__main__":
    kept = run()
