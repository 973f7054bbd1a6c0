"""Shuffle step of a small data pipeline: a block is cut into parts and each part sent to its reducer."""
import pickle

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from harness import case, run


def block(seed, rows):
    rng = np.random.default_rng(seed)
    return pa.Table.from_pandas(pd.DataFrame({
        "user": rng.integers(0, 50_000, rows),
        "amount": rng.normal(20, 6, rows),
        "page": [f"/page/{n}" for n in rng.integers(0, 900, rows)],
    }), preserve_index=False)


def send_pickled(part):
    return pickle.dumps(part)


def receive_pickled(message):
    return pickle.loads(message)


def send_stream(part):
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, part.schema) as writer:
        writer.write_table(part)
    return sink.getvalue().to_pybytes()


def receive_stream(message):
    return pa.ipc.open_stream(message).read_all()


class Shuffle:
    def __init__(self, reducers, send, receive):
        self.reducers = reducers
        self.send = send
        self.receive = receive
        self.outbox = {n: [] for n in range(reducers)}

    def map(self, table):
        size = -(-table.num_rows // self.reducers)
        for reducer in range(self.reducers):
            self.outbox[reducer].append(self.send(table.slice(reducer * size, size)))

    def reduce(self, reducer):
        parts = [self.receive(message) for message in self.outbox[reducer]]
        table = pa.concat_tables(parts)
        return table.num_rows, round(pc.sum(table["amount"]).as_py(), 3), pc.count_distinct(table["page"]).as_py()


def shuffle(send, receive):
    step = Shuffle(10, send, receive)
    for seed in range(18):
        rows = block(seed, 16_000)
        step.map(rows.take(pc.sort_indices(rows["user"])))
    results = [step.reduce(n) for n in range(step.reducers)]
    print(sum(r[0] for r in results), round(sum(r[1] for r in results), 1), sum(r[2] for r in results))
    return step


@case("yy 18 block shuffle")
class _:
    def bad():
        return shuffle(send_pickled, receive_pickled)

    def good():
        return shuffle(send_stream, receive_stream)


if __name__ == "__main__":
    kept = run()
