CODE, HOLDER = "HW112", "cache_on_method.Model.f"
import functools


class Model:
    def __init__(self):
        self.weights = bytes(20_000)  # here
        self.g = functools.lru_cache(maxsize=8)(self._g)

    @functools.cache
    def f(self, x):
        return x

    def _g(self, x):
        return x


def leaking():
    for _ in range(3):
        Model().f(1)


def clean():
    for _ in range(3):
        Model().g(1)
