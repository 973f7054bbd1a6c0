CODE, HOLDER = "", ""
import functools
import itertools

numbers = itertools.count()


@functools.lru_cache(maxsize=10_000)
def parsed(n):
    return {"n": n}


for n in range(20_000):
    parsed(n)


def clean():
    for _ in range(100):
        parsed(next(numbers))
