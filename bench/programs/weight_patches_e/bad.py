"""Applies low-rank patches to the weights of a model and takes them back."""
import collections

import numpy as np

LAYERS = 240
SLOTS = ("q", "k", "v", "out", "up", "down", "gate", "norm")


def build_model(seed):
    rng = np.random.default_rng(seed)
    state = {}
    for layer in range(LAYERS):
        for slot in SLOTS:
            for head in range(6):
                key = f"blocks.{layer}.{slot}.{head}"
                state[key] = rng.normal(size=12).astype(np.float32)
    return state


class ModelPatcher:
    def __init__(self, state):
        self.state = state
        self.patches = {}
        self.backup = {}

    def add_patches(self, patches, strength):
        for key, delta in patches.items():
            if key in self.state:
                self.patches.setdefault(key, []).append((strength, delta))

    def patch_weight(self, key, inplace_update):
        weight = self.state[key]
        if key not in self.backup:
            self.backup[key] = collections.namedtuple(
                "Dimension", ["weight", "inplace_update"])(weight.copy(), inplace_update)
        target = weight if inplace_update else weight.copy()
        for strength, delta in self.patches[key]:
            target += strength * delta
        self.state[key] = target

    def patch_model(self):
        for number, key in enumerate(self.patches):
            self.patch_weight(key, inplace_update=number % 2 == 0)

    def unpatch_model(self):
        restored = 0
        for key, saved in self.backup.items():
            if saved.inplace_update:
                self.state[key][...] = saved.weight
            else:
                self.state[key] = saved.weight
            restored += 1
        self.backup.clear()
        self.patches.clear()
        return restored


def norm(state):
    return float(sum(np.square(w).sum(dtype=np.float64) for w in state.values()) ** 0.5)


def main():
    state = build_model(2)
    patcher = ModelPatcher(state)
    delta = np.linspace(-1, 1, 12, dtype=np.float32)
    print("weights", len(state), f"norm {norm(state):.4f}")
    patcher.add_patches({key: delta for key in state}, 0.25)
    patcher.add_patches({key: delta[::-1] for key in state if ".up." in key}, 0.5)
    patcher.patch_model()
    print("patched", len(patcher.backup), f"norm {norm(state):.4f}")
    print("restored", patcher.unpatch_model(), f"norm {norm(state):.4f}")


if __name__ == "__main__":
    main()
