"""Floor planner: desks of an office are moved, assigned and relabelled; every step can be taken back."""
import copy
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field

from harness import case, run


@dataclass
class Desk:
    number: int
    x: int
    y: int
    person: str = ""
    tags: list = field(default_factory=list)


class Plan:
    def __init__(self, rows, columns):
        self.desks = {}
        for n in range(rows * columns):
            self.desks[n] = Desk(n, n % columns * 160, n // columns * 120, f"person {n * 7 % 997}", [f"zone {n % 9}"])

    def swap(self, a, b):
        first, second = self.desks[a], self.desks[b]
        first.person, second.person = second.person, first.person

    def move(self, number, dx, dy):
        desk = self.desks[number]
        desk.x += dx
        desk.y += dy

    def label(self, number, tag):
        self.desks[number].tags.append(tag)

    def crowding(self, reach=3):
        """How many desks stand in the neighbourhood of another one."""
        cells = Counter((d.x // 200, d.y // 200) for d in self.desks.values())
        near = range(-reach, reach + 1)
        return sum(n * cells[x + i, y + j] for (x, y), n in cells.items() for i in near for j in near)

    def checksum(self):
        return sum((d.x * 31 + d.y * 17 + len(d.person) + 7 * len(d.tags)) * (d.number % 13 + 1) for d in self.desks.values())


class Steps:
    """What is needed to take edits back, last one first."""

    def __init__(self, plan):
        self.plan = plan
        self.past = []

    def remember(self, numbers):
        return copy.deepcopy(self.plan.desks)

    def take_back(self):
        self.plan.desks.update(self.past.pop())

    def __len__(self):
        return len(self.past)


class DeskSteps(Steps):
    def remember(self, numbers):
        return {number: copy.deepcopy(self.plan.desks[number]) for number in numbers}


class Editor:
    def __init__(self, plan, steps):
        self.plan = plan
        self.steps = steps(plan)
        self.worst = 0

    @contextmanager
    def edit(self, *numbers):
        before = self.steps.remember(numbers)
        yield self.plan
        self.steps.past.append(before)
        self.worst = max(self.worst, self.plan.crowding())

    def session(self, edits):
        size = len(self.plan.desks)
        for n in range(edits):
            a, b = n * 37 % size, (n * 91 + 5) % size
            if n % 3 == 0:
                with self.edit(a, b) as plan:
                    plan.swap(a, b)
            elif n % 3 == 1:
                with self.edit(a) as plan:
                    plan.move(a, 10 + n % 7, -5)
            else:
                with self.edit(b) as plan:
                    plan.label(b, f"moved {n}")


def plan_office(steps):
    editor = Editor(Plan(24, 45), steps)
    print("start", editor.plan.checksum())
    editor.session(150)
    print("edited", editor.plan.checksum(), len(editor.steps), editor.worst)
    for _ in range(40):
        editor.steps.take_back()
    print("after taking back", editor.plan.checksum(), len(editor.steps))
    return editor


@case("af 10 floor planner")
class _:
    def bad():
        return plan_office(Steps)

    def good():
        return plan_office(DeskSteps)


if __name__ == "__main__":
    kept = run()
