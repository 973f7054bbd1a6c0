import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


import random


def embed(text, dim=384):
    """Stands for the model server's answer: a JSON list of floats."""
    rnd = random.Random(text)
    return '[' + ','.join(f'{rnd.random():.6f}' for _ in range(dim)) + ']'


class Store:
    def __init__(self):
        self.vectors = []

    def add(self, text):
        self.vectors.append(json.loads(embed(text)))


class ArrayStore:
    def __init__(self, n, dim=384):
        import numpy as np
        self.vectors, self.used = np.empty((n, dim), np.float32), 0

    def add(self, text):
        self.vectors[self.used] = json.loads(embed(text))
        self.used += 1


@case('61 embeddings as lists of Python floats')
class _:
    def setup(): import numpy
    def bad():
        store = Store()
        for i in range(7_000): store.add(f'paragraph {i}')
        return store
    def good():
        store = ArrayStore(7_000)
        for i in range(7_000): store.add(f'paragraph {i}')
        return store


if __name__ == "__main__":
    kept = run()
