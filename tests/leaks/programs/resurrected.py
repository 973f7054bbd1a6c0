CODE, HOLDER = "HW101", "POOL"

POOL = []


class Connection:
    limit = None

    def __init__(self):
        self.buffer = bytearray(5000)  # here

    def __del__(self):
        if self.limit is None or len(POOL) < self.limit:
            POOL.append(self)


class Bounded(Connection):
    limit = 3


def leaking():
    for _ in range(5):
        Connection()


def clean():
    for _ in range(5):
        Bounded()
        if POOL:
            POOL.pop()
    POOL.clear()
