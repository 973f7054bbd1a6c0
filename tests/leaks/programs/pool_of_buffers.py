CODE, HOLDER = "", ""
import itertools

pool = [bytearray(1000) for _ in range(20)]
numbers = itertools.count()


def clean():
    for _ in range(100):
        pool[next(numbers) % 20] = bytearray(1000)
