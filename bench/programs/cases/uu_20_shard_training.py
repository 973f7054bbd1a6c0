import numpy as np

from harness import case, fixture, run

ROWS, FEATURES = 180_000, 80
SHARDS = []
BATCH = 4096


def shard_builder(seed):
    def build(path):
        rng = np.random.default_rng(seed)
        weights = np.linspace(-1, 1, FEATURES, dtype="float32")
        with open(path, "wb") as out:
            data = rng.standard_normal((ROWS, FEATURES + 1), dtype="float32")
            data[:, -1] = data[:, :-1] @ weights
            np.savez(out, data=data)
    return build


class LinearModel:
    def __init__(self, rate=0.05):
        self.weights = np.zeros(FEATURES, dtype="float64")
        self.rate = rate
        self.seen = 0

    def step(self, batch):
        features, target = batch[:, :-1], batch[:, -1]
        error = features @ self.weights.astype("float32") - target
        self.weights -= self.rate * (features.T @ error) / len(batch)
        self.seen += len(batch)

    def fit(self, data, rng):
        starts = np.arange(0, len(data), BATCH)
        for _ in range(2):
            for start in rng.permutation(starts):
                self.step(data[start:start + BATCH])

    def show(self):
        print(self.seen, np.round(self.weights[::16], 3).tolist())


def load_shard(path):
    with np.load(path) as shard:
        return shard["data"]


def fit_shard(model, path, rng):
    model.fit(load_shard(path), rng)


@case("uu 20 shard training")
class _:
    def setup():
        for seed in (1, 2, 3):
            SHARDS.append(fixture(f"uu_20_shard_{seed}.npz", shard_builder(seed)))

    def bad():
        model = LinearModel()
        rng = np.random.default_rng(20)
        for path in SHARDS:
            data = load_shard(path)
            model.fit(data, rng)
        model.show()
        return model

    def good():
        model = LinearModel()
        rng = np.random.default_rng(20)
        for path in SHARDS:
            fit_shard(model, path, rng)
        model.show()
        return model


if __name__ == "__main__":
    kept = run()
