import weakref
from dataclasses import dataclass
@dataclass
class Point:  # expect: HW601
    x: int
    y: int
class Row:  # expect: HW601
    def __init__(self, a, b):
        self.a = a
        self.b = b
@dataclass(slots=True)
class Slotted:
    x: int
class Few:
    def __init__(self): self.x = 1
class Base: pass
class Child(Base):
    def __init__(self, x): self.x = x
class UsesDict:
    def __init__(self, x): self.x = x
    def plain(self): return self.__dict__
def build(a, b): return Row(a, b)
def load(lines):
    points = [Point(1, 2) for line in lines]
    rows = []
    for line in lines:
        rows.append(build(*line))
        rows.append(Child(1))
        rows.append(UsesDict(1))
        rows.append(Slotted(1))
    few = [Few() for _ in range(3)]
    for line in lines:
        Few().x
    return points, rows, few
