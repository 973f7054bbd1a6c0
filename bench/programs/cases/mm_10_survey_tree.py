import weakref

import numpy as np

from harness import case, run


class Group:
    def __init__(self, name, parent):
        self.name = name
        self.parent = parent
        self.datasets = {}

    def add(self, name, data):
        self.datasets[name] = data


class WeakGroup(Group):
    @property
    def parent(self):
        return self._parent()

    @parent.setter
    def parent(self, value):
        self._parent = weakref.ref(value)


class Recording:
    def __init__(self, number, group_class):
        self.number = number
        self.groups = {}
        for name in ("visibility", "weights"):
            self.groups[name] = group_class(name, self)
            self.groups[name].add("raw", np.full((500, 500), number, dtype=np.float64))

    def power(self):
        return int(sum(g.datasets["raw"].sum() for g in self.groups.values()))


def survey(group_class):
    power = 0
    for number in range(40):
        recording = Recording(number, group_class)
        np.fft.rfft2(recording.groups["visibility"].datasets["raw"])
        power += recording.power()
    print("power", power)


@case("mm 10 survey tree")
class _:
    def bad():
        survey(Group)

    def good():
        survey(WeakGroup)


if __name__ == "__main__":
    kept = run()
