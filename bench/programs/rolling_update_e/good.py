"""Search service whose replicas are replaced one by one when a new index comes."""
from contextlib import ExitStack

import numpy as np

REPLICAS = 4


class Replica:
    """Holds one shard of the index between __enter__ and __exit__."""

    closed = 0

    def __init__(self, slot, version):
        self.slot = slot
        self.version = version
        self.vectors = None

    def __enter__(self):
        rng = np.random.default_rng(1000 * self.version + self.slot)
        self.vectors = rng.random((9000, 32), dtype=np.float32)
        self.vectors /= np.linalg.norm(self.vectors, axis=1, keepdims=True)
        return self

    def __exit__(self, *exc_info):
        self.vectors = None
        Replica.closed += 1

    def best(self, query):
        scores = self.vectors @ query
        row = int(scores.argmax())
        return float(scores[row]), row


class Deployment:
    def __init__(self):
        self.replicas = [None] * REPLICAS
        self.stacks = [ExitStack() for _ in range(REPLICAS)]
        self.updates = 0

    def start_replica(self, slot, version):
        self.stacks[slot].close()
        self.replicas[slot] = self.stacks[slot].enter_context(Replica(slot, version))

    def rolling_update(self, version):
        for slot in range(REPLICAS):
            self.start_replica(slot, version)
        self.updates += 1

    def search(self, query):
        hits = [(*replica.best(query), replica.slot) for replica in self.replicas]
        return max(hits)

    def __enter__(self):
        self.rolling_update(0)
        return self

    def __exit__(self, *exc_info):
        for stack in self.stacks:
            stack.close()


def make_query(rng):
    query = rng.normal(size=32).astype(np.float32)
    return query / np.linalg.norm(query)


def main():
    rng = np.random.default_rng(77)
    with Deployment() as deployment:
        for version in range(1, 21):
            deployment.rolling_update(version)
            score, row, slot = deployment.search(make_query(rng))
            if version % 5 == 0:
                print("version", version, "slot", slot, "row", row, f"score {score:.3f}")
    print("updates", deployment.updates, "replicas closed", Replica.closed)


if __name__ == "__main__":
    main()
