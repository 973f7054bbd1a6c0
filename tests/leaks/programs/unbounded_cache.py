CODE, HOLDER = "HW111", "unbounded_cache.compute"
import functools
import itertools

numbers = itertools.count()


@functools.cache
def compute(n):
    return bytes(3000 + n % 7)  # here


@functools.lru_cache(maxsize=16)
def bounded(n):
    return bytes(3000 + n % 7)


for n in range(32):
    bounded(n)


def leaking():
    for _ in range(5):
        compute(next(numbers))


def clean():
    for _ in range(5):
        bounded(next(numbers))
