"""Trains a toy embedding and writes a checkpoint with a checksum."""
import hashlib
import os
import pickle
import tempfile

import numpy as np


class Embedding:
    def __init__(self, rows, dims):
        self.weights = np.arange(rows * dims, dtype=np.float32).reshape(rows, dims)
        self.weights /= rows * dims
        self.step = 0
        self.losses = []

    def train(self, rounds):
        rows = len(self.weights)
        for n in range(rounds):
            batch = self.weights[n * 97 % rows:n * 97 % rows + 256]
            target = batch.mean(axis=0)
            error = batch - target
            batch -= 0.1 * error
            self.step += 1
            self.losses.append(float(np.square(error).mean()))

    def state(self):
        return {"weights": self.weights, "step": self.step, "losses": self.losses}


class CheckpointStore:
    def __init__(self, folder):
        self.folder = folder
        self.digests = {}

    def path(self, step):
        return os.path.join(self.folder, f"step{step:05d}.pkl")

    def save(self, state):
        blob = pickle.dumps(state, protocol=5)
        digest = hashlib.sha256(blob).hexdigest()
        partial = self.path(state["step"]) + ".part"
        with open(partial, "wb") as out:
            out.write(blob)
        os.replace(partial, self.path(state["step"]))
        self.digests[state["step"]] = digest
        return digest

    def verify(self, step):
        with open(self.path(step), "rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest() == self.digests[step]

    def size(self, step):
        return os.path.getsize(self.path(step))


def run(store, model, checkpoints):
    for _ in range(checkpoints):
        model.train(200)
        digest = store.save(model.state())
        print("checkpoint", model.step, digest[:12], store.size(model.step), f"{model.losses[-1]:.3e}")


def main():
    model = Embedding(rows=200_000, dims=128)
    with tempfile.TemporaryDirectory() as tmp:
        store = CheckpointStore(tmp)
        run(store, model, 2)
        print("verified", all(store.verify(step) for step in store.digests))


if __name__ == "__main__":
    main()
