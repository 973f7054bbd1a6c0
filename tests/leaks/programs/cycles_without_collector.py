CODE, HOLDER = "HW131", "<garbage>"
import gc
import weakref


class Node:
    def __init__(self, parent, to_parent):
        self.parent, self.data = to_parent(parent), bytearray(3000)  # here
        parent.child = self


class Root:
    pass


def tree(to_parent):
    gc.disable()
    for _ in range(3):
        Node(Root(), to_parent)


def leaking():
    tree(lambda parent: parent)


def clean():
    tree(weakref.ref)
