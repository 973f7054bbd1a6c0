from dataclasses import dataclass, field
class Node:  # expect: HW601 HW605
    def __init__(self):
        self.children = []
        self.tags = {}
class Light:  # expect: HW601
    def __init__(self, x):
        self.x = x
        self.items = []
@dataclass(slots=True)
class Mail:  # expect: HW605
    to: set = field(default_factory=set)
def load(rows):
    return [Node() for r in rows], [Light(r) for r in rows], [Mail() for r in rows]
