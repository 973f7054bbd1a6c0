"""Two-layer network trained with a small automatic differentiation engine."""
import numpy as np


class Tensor:
    def __init__(self, data, parents=(), backward=None):
        self.data = np.asarray(data, dtype=np.float64)
        self.parents = parents
        self.backward_fn = backward
        self.grad = None

    def item(self):
        return float(self.data)

    def __add__(self, other):
        other = other if isinstance(other, Tensor) else Tensor(other)
        return Tensor(self.data + other.data, (self, other), lambda g: (g, g))

    __radd__ = __add__

    def __matmul__(self, other):
        return Tensor(self.data @ other.data, (self, other),
                      lambda g: (g @ other.data.T, self.data.T @ g))

    def add_bias(self, bias):
        return Tensor(self.data + bias.data, (self, bias), lambda g: (g, g.sum(axis=0)))

    def tanh(self):
        value = np.tanh(self.data)
        return Tensor(value, (self,), lambda g: (g * (1 - value * value),))

    def mse(self, target):
        error = self.data - target
        return Tensor(np.mean(error ** 2), (self,), lambda g: (2 * g * error / error.size,))

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if id(node) not in seen:
                seen.add(id(node))
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = np.ones_like(self.data)
        for node in reversed(order):
            if node.backward_fn is None:
                continue
            for parent, grad in zip(node.parents, node.backward_fn(node.grad)):
                parent.grad = grad if parent.grad is None else parent.grad + grad
            node.grad = None


class Network:
    def __init__(self, rng, inputs, hidden):
        self.first = Tensor(rng.normal(0, 0.4, (inputs, hidden)))
        self.bias = Tensor(np.zeros(hidden))
        self.second = Tensor(rng.normal(0, 0.4, (hidden, 1)))

    def __call__(self, x):
        return (Tensor(x) @ self.first).add_bias(self.bias).tanh() @ self.second

    def step(self, rate):
        for parameter in (self.first, self.bias, self.second):
            parameter.data = parameter.data - rate * parameter.grad
            parameter.grad = None


def train_epoch(network, rng, batches, rate):
    running = 0.0
    for _ in range(batches):
        x = rng.uniform(-1, 1, (256, 8))
        y = np.sin(2 * x[:, :1]) + x[:, 1:2] * x[:, 2:3]
        loss = network(x).mse(y)
        loss.backward()
        network.step(rate)
        running += loss
    return running.item() / batches


def main():
    rng = np.random.default_rng(23)
    network = Network(rng, 8, 64)
    for epoch in range(4):
        print("epoch", epoch, f"loss {train_epoch(network, rng, 180, 0.05):.5f}")
    check = network(np.eye(8)).data.ravel()
    print("outputs", " ".join(f"{v:.4f}" for v in check))


if __name__ == "__main__":
    main()
