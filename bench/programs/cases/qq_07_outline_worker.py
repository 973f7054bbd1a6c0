import gc
import random
import weakref

from harness import case, run

WORDS = "scope terms payment delivery notice warranty liability transfer audit archive".split()


class Section:
    """A heading of a contract with the headings under it."""

    __slots__ = ("title", "level", "parent", "children", "__weakref__")

    def __init__(self, title, level, parent=None):
        self.title = title
        self.level = level
        self.parent = self.link(parent)
        self.children = ()

    def link(self, parent):
        return parent

    def up(self):
        return self.parent

    def add(self, child):
        self.children += (child,)

    def path(self):
        above = self.up()
        return self.title if above is None else f"{above.path()}/{self.title}"


class LooseSection(Section):
    __slots__ = ()

    def link(self, parent):
        return parent and weakref.ref(parent)

    def up(self):
        return self.parent and self.parent()


def headings(document, count):
    rng = random.Random(document)
    level = 1
    for _ in range(count):
        level = min(max(1, level + rng.choice((-2, -1, 0, 1))), 6)
        yield level, rng.choice(WORDS)


def outline(section, document, count):
    root = current = section(f"contract-{document}", 0)
    deepest = root
    for level, title in headings(document, count):
        while current.level >= level:
            current = current.up()
        entry = section(title, level, current)
        current.add(entry)
        if entry.level > deepest.level:
            deepest = entry
        current = entry
    return deepest.path()


def work(section, documents=210, count=2_500):
    gc.disable()
    paths = [outline(section, document, count) for document in range(documents)]
    print(len(paths), "contracts,", max(paths, key=len))
    return paths


@case("qq 07 outline worker")
class _:
    def bad():
        return work(Section)

    def good():
        return work(LooseSection)


if __name__ == "__main__":
    kept = run()
