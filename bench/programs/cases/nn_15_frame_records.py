import json
import os

import numpy as np
import pandas as pd

from harness import D, case, run


def load_frame():
    rng = np.random.default_rng(8)
    size = 110_000
    return pd.DataFrame({
        "id": np.arange(size),
        "store": rng.integers(0, 900, size),
        "sku": rng.integers(10_000, 99_000, size),
        "price": rng.integers(100, 9000, size) / 100,
        "discount": rng.random(size).round(3),
        "weight": rng.random(size).round(3),
        "paid": rng.integers(0, 2, size).astype(bool),
    })


def records(frame):
    return frame.to_dict("records")


def records_in_chunks(frame, size=2000):
    for start in range(0, len(frame), size):
        yield from frame.iloc[start:start + size].to_dict("records")


class Indexer:
    def __init__(self, path):
        self.path = path

    def publish(self, documents):
        with open(self.path, "w") as f:
            for document in documents:
                f.write(json.dumps({"index": document["id"], "doc": document}) + "\n")
        return os.path.getsize(self.path)


def push(make_records):
    path = os.path.join(D, "nn_15_%d.jsonl" % os.getpid())
    print("published", Indexer(path).publish(make_records(load_frame())))
    os.remove(path)


@case("nn 15 frame records")
class _:
    def bad():
        push(records)

    def good():
        push(records_in_chunks)


if __name__ == "__main__":
    kept = run()
