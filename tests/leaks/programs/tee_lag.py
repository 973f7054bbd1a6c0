CODE, HOLDER = "HW114", ""
import itertools

a, b = itertools.tee(bytes(2000 + i % 3) for i in itertools.count())  # here
c, d = itertools.tee(bytes(2000 + i % 3) for i in itertools.count())


def leaking():
    for _ in range(100):
        next(a)


def clean():
    for _ in range(2 * 57):  # links of 57
        next(c)
        next(d)
