from functools import cached_property
class Shape:
    def __init__(self, w): self.w = w
    @cached_property
    def area(self): return self.w ** 2  # expect: HW604
class One:
    @cached_property
    def area(self): return 1
def load(rows):
    return [Shape(r) for r in rows], One()
