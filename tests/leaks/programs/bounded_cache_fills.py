CODE, HOLDER = "HW110", "bounded_cache_fills.parsed"
import functools
import itertools

numbers = itertools.count()


@functools.lru_cache(maxsize=400)
def parsed(n):
    return [n] * 20


def filling():
    for _ in range(5):
        parsed(next(numbers))


def clean():
    for n in range(5):
        parsed(n)
