CODE, HOLDER = "HW101", "table_in_jumps.seen"
import itertools

ids = itertools.count(1000)
seen = set()


def leaking():
    for _ in range(40):
        seen.add(next(ids))  # here


def clean():
    for _ in range(40):
        x = next(ids)
        seen.add(x)
        seen.discard(x)
