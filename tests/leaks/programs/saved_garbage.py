CODE, HOLDER = "HW131", "gc.garbage"
import gc


class Node:
    def __init__(self):
        self.me, self.data = self, bytearray(3000)  # here


def leaking():
    gc.set_debug(gc.DEBUG_SAVEALL)
    for _ in range(3):
        Node()
    gc.collect()
    gc.set_debug(0)


def clean():
    for _ in range(3):
        Node()
    gc.collect()
