"""A little autograd and a two-layer regression that it trains; the curve of losses is kept for a plot."""
import numpy as np

from harness import case, run


class Tensor:
    def __init__(self, data, parents=(), backward=None):
        self.data = data
        self.grad = None
        self.parents = parents
        self._backward = backward

    def item(self):
        return float(self.data)

    def backward(self):
        order = []
        visit(self, order, set())
        for node in order:
            node.grad = np.zeros_like(node.data)
        self.grad = np.ones_like(self.data)
        for node in reversed(order):
            if node._backward:
                for parent, grad in zip(node.parents, node._backward(node.grad)):
                    parent.grad += grad


def visit(node, order, seen):
    if id(node) not in seen:
        seen.add(id(node))
        for parent in node.parents:
            visit(parent, order, seen)
        order.append(node)


def matmul(a, b):
    return Tensor(a.data @ b.data, (a, b), lambda g: (g @ b.data.T, a.data.T @ g))


def tanh(a):
    out = np.tanh(a.data)
    return Tensor(out, (a,), lambda g: (g * (1 - out * out),))


def mse(a, target):
    diff = a.data - target
    return Tensor(np.mean(diff * diff), (a,), lambda g: (g * 2 * diff / diff.size,))


def batches(steps, size=10):
    rng = np.random.default_rng(21)
    for _ in range(steps):
        x = rng.normal(size=(size, 12))
        yield x, np.sin(x[:, :1]) + 0.3 * x[:, 1:2]


def add_loss(curve, loss):
    curve.append(loss)


def add_loss_value(curve, loss):
    curve.append(loss.item())


def fit(add, steps):
    rng, curve = np.random.default_rng(5), []
    w1, w2 = Tensor(rng.normal(0, 0.3, (12, 48))), Tensor(rng.normal(0, 0.3, (48, 1)))
    for x, y in batches(steps):
        loss = mse(matmul(tanh(matmul(Tensor(x), w1)), w2), y)
        loss.backward()
        for w in (w1, w2):
            w.data = w.data - 0.05 * w.grad
        add(curve, loss)
    values = [p.item() if isinstance(p, Tensor) else p for p in curve]
    print(len(values), round(values[0], 4), round(sum(values[-20:]) / 20, 4))
    return curve


@case("yy 21 training curve")
class _:
    def bad():
        return fit(add_loss, 4300)

    def good():
        return fit(add_loss_value, 4300)


if __name__ == "__main__":
    kept = run()
