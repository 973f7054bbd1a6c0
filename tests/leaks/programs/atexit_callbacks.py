CODE, HOLDER = "HW155", ""
import atexit
import weakref


class Resource:
    def __init__(self):
        self.buffer = bytes(5000)  # here

    def close(self):
        self.buffer = b""


def leaking():
    for _ in range(4):
        atexit.register(Resource().close)


def clean():
    for _ in range(4):
        weakref.finalize(Resource(), int).atexit = False
