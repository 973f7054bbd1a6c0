"""A tree of the files of a backup, with labels and remarks that some of them carry."""
import random

from harness import case, run


class Node:
    __slots__ = ("name", "size", "children", "labels", "remarks")

    def __init__(self, name, size=0):
        self.name = name
        self.size = size
        self.children = []
        self.labels = set()
        self.remarks = {}

    def add(self, child):
        self.children.append(child)
        return child

    def label(self, text):
        self.labels.add(text)

    def remark(self, author, text):
        self.remarks[author] = text


class SparseNode(Node):
    __slots__ = ()

    def __init__(self, name, size=0):
        self.name = name
        self.size = size
        self.children = self.labels = self.remarks = ()

    def add(self, child):
        self.children = self.children or []
        return super().add(child)

    def label(self, text):
        self.labels = self.labels or set()
        super().label(text)

    def remark(self, author, text):
        self.remarks = self.remarks or {}
        super().remark(author, text)


def walk(node):
    yield node
    for child in node.children:
        yield from walk(child)


def scan(node_class, folders=1000, files=190):
    rng = random.Random(14)
    root = node_class("/")
    names = [f"{n}.dat" for n in range(files)]
    for number in range(folders):
        folder = root.add(node_class(f"folder{number}"))
        for n, name in enumerate(names):
            leaf = folder.add(node_class(name, rng.randrange(1, 200)))
            if n % 60 == 0:
                leaf.label(rng.choice(("keep", "legal")))
            if n == 7:
                leaf.remark("ops", f"moved from volume {number}")
    return root


def summary(node_class):
    root = scan(node_class)
    size = labelled = remarks = 0
    for node in walk(root):
        size += node.size
        labelled += "legal" in node.labels
        remarks += len(node.remarks)
    print(f"size {size}, legal {labelled}, remarks {remarks}")
    return root


@case("xx 14 folder tree")
class _:
    def bad():
        return summary(Node)

    def good():
        return summary(SparseNode)


if __name__ == "__main__":
    kept = run()
