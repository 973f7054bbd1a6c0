"""A small numpy autograd and a training loop with a loss meter."""
import sys

import numpy as np

ARM = sys.argv[1] if len(sys.argv) > 1 else "good"
BATCH, IN, HIDDEN, STEPS = 256, 48, 96, 300


class Tensor:
    __slots__ = ("data", "grad", "parents", "pull")

    def __init__(self, data, parents=(), pull=None):
        self.data = data
        self.grad = None
        self.parents = parents
        self.pull = pull

    def __matmul__(self, other):
        a, b = self.data, other.data
        return Tensor(a @ b, (self, other), lambda g: (g @ b.T, a.T @ g))

    def __add__(self, other):
        if not isinstance(other, Tensor):
            other = Tensor(np.float32(other))
        shape = other.data.shape

        def pull(g):
            return g, (g if g.shape == shape else g.sum(axis=0))
        return Tensor(self.data + other.data, (self, other), pull)

    __radd__ = __add__

    def relu(self):
        mask = self.data > 0
        return Tensor(self.data * mask, (self,), lambda g: (g * mask,))

    def mse(self, target):
        diff = self.data - target
        n = np.float32(diff.size)
        return Tensor(np.float32((diff ** 2).mean()), (self,),
                      lambda g: (g * 2 * diff / n,))

    def item(self):
        return float(self.data)

    def backward(self):
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            node, done = stack.pop()
            if done:
                order.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                stack.append((node, True))
                stack.extend((p, False) for p in node.parents)
        grads = {id(self): np.float32(1.0)}
        for node in reversed(order):
            grad = grads.pop(id(node), None)
            if node.pull is None:
                node.grad = grad
                continue
            for parent, piece in zip(node.parents, node.pull(grad)):
                key = id(parent)
                grads[key] = piece if key not in grads else grads[key] + piece


class Network:
    def __init__(self, rng):
        def weight(n, m):
            w = rng.standard_normal((n, m), dtype=np.float32)
            return Tensor(w * np.float32((2.0 / n) ** 0.5))
        self.w1, self.b1 = weight(IN, HIDDEN), Tensor(np.zeros(HIDDEN, np.float32))
        self.w2, self.b2 = weight(HIDDEN, 1), Tensor(np.zeros(1, np.float32))
        self.params = [self.w1, self.b1, self.w2, self.b2]

    def __call__(self, x):
        return ((x @ self.w1) + self.b1).relu() @ self.w2 + self.b2


class LossMeter:
    def __init__(self):
        self.total, self.count = 0.0, 0

    def update_bad(self, loss):
        self.total = self.total + loss
        self.count += 1

    def update_good(self, loss):
        self.total = self.total + loss.item()
        self.count += 1

    def update(self, loss):
        self.update_bad(loss) if ARM == "bad" else self.update_good(loss)

    def mean(self):
        total = self.total.item() if isinstance(self.total, Tensor) else self.total
        return total / self.count


class Trainer:
    def __init__(self, net, lr):
        self.net, self.lr, self.meter = net, np.float32(lr), LossMeter()

    def step(self, x, y):
        loss = self.net(Tensor(x)).mse(y)
        loss.backward()
        for p in self.net.params:
            p.data = p.data - self.lr * p.grad
            p.grad = None
        self.meter.update(loss)


def batches(rng, n):
    truth = rng.standard_normal((IN, 1), dtype=np.float32)
    for _ in range(n):
        x = rng.standard_normal((BATCH, IN), dtype=np.float32)
        yield x, np.tanh(x @ truth)


def main():
    rng = np.random.default_rng(3)
    trainer = Trainer(Network(rng), lr=0.02)
    for x, y in batches(rng, STEPS):
        trainer.step(x, y)
    print(f"steps={trainer.meter.count} mean_loss={trainer.meter.mean():.3f}")
    return trainer


TRAINER = main()
