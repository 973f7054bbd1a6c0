CODE, HOLDER = "HW133", "weakref.finalize._registry"
import weakref


class Conn:
    def __init__(self):
        self.buf = bytearray(3000)  # here

    def close(self):
        self.buf.clear()


def leaking():
    for _ in range(3):
        c = Conn()
        weakref.finalize(c, c.close)  # bound method keeps the object itself


def clean():
    for _ in range(3):
        c = Conn()
        weakref.finalize(c, int)
