import numpy as np
from sklearn.linear_model import SGDClassifier

from harness import case, run

ROWS, WIDTH, BATCH, EPOCHS = 240_000, 64, 8_000, 3


def training_set():
    rng = np.random.default_rng(71)
    x = rng.standard_normal((ROWS, WIDTH), dtype=np.float32)
    y = (x[:, 0] - x[:, 5] + x[:, 9] > 0).astype(np.int8)
    return x, y


def new_model():
    return SGDClassifier(loss="log_loss", alpha=1e-3, random_state=0, shuffle=False)


def report(model, x, y):
    print("accuracy", f"{model.score(x[:5000], y[:5000]):.4f}")
    print([f"{w:.4f}" for w in model.coef_[0, :6]])


@case("vv 21 new order in every epoch")
class _:
    def bad():
        x, y = training_set()
        model, rng = new_model(), np.random.default_rng(72)
        for epoch in range(EPOCHS):
            order = rng.permutation(ROWS)
            mixed_x, mixed_y = x[order], y[order]
            for at in range(0, ROWS, BATCH):
                model.partial_fit(mixed_x[at:at + BATCH], mixed_y[at:at + BATCH], classes=[0, 1])
        report(model, x, y)
        return model

    def good():
        x, y = training_set()
        model, rng = new_model(), np.random.default_rng(72)
        for epoch in range(EPOCHS):
            order = rng.permutation(ROWS)
            for at in range(0, ROWS, BATCH):
                rows = order[at:at + BATCH]
                model.partial_fit(x[rows], y[rows], classes=[0, 1])
        report(model, x, y)
        return model


if __name__ == "__main__":
    kept = run()
