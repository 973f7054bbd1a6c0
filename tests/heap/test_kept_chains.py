"""Chains and copies that keep all that has been: totals that are objects, copies of what grows, rows before the first."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_whole_programs import advised, assert_is_not_told, assert_one_arm_is_told

TOTAL = """
class Value:
    def __init__(self, number, parents=()):
        self.number, self.parents, self.work = number, parents, bytearray(30_000)
    def __add__(self, other):
        return Value(self.number + getattr(other, "number", other), (self, other))
    def item(self): return self.number
class Meter:
    def __init__(self): self.total = Value(0)
    def update(self, loss):
        HERE  # adds
def main():
    meter = Meter()
    for step in range(400): meter.update(Value(step))
    print(getattr(meter.total, "number", meter.total))
    return meter
METER = main()
"""
COPIES = """
class Fill:
    __slots__ = ("number",)
    def __init__(self, number): self.number = number
def main():
    fills, history = [], []
    for day in range(900):
        fills.extend(Fill(day + n) for n in range(5))
        history.append(HERE)  # copies
    print(len(history), history[-1][0].number if type(history[-1]) is tuple else fills[0].number)
    return history, fills
HISTORY = main()
"""
ROWS = """
import time
from sqlalchemy import create_engine, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
class Base(DeclarativeBase): pass
class Payment(Base):
    __tablename__ = "payment"
    id: Mapped[int] = mapped_column(primary_key=True)
    memo: Mapped[str]
engine = create_engine("sqlite:///payments.db")
Base.metadata.create_all(engine)
def fill(session):
    for first in range(0, 8000, 100):
        session.execute(insert(Payment), [{"memo": f"memo {n} " * 90} for n in range(first, first + 100)])
def size(session):
    total = 0
    for payment in session.scalars(select(Payment)HERE):
        total += len(payment.memo)
        if payment.id == 1: time.sleep(0.3)  # the peak lasts as long as a busy machine takes to look at it
    return total
with Session(engine) as session:
    fill(session)
    print(size(session))
    session.rollback()
"""
CASES = {
    "total": ("HW384", TOTAL, "self.total = self.total + loss",
              "self.total = getattr(self.total, 'number', self.total) + loss.item()", "# adds"),
    "augmented": ("HW384", TOTAL, "self.total += loss",
                  "self.total = getattr(self.total, 'number', self.total) + loss.item()", "# adds"),
    "copies": ("HW385", COPIES, "tuple(fills)", "len(fills)", "# copies"),
    "lists": ("HW385", COPIES, "list(fills)", "len(fills)", "# copies"),
    "rows": ("HW383", ROWS, "", ".execution_options(yield_per=100)", "for payment in"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_it_is_found_and_its_twin_is_not(name: str, tmp_path: Path) -> None:
    code, text, wasteful, mended, line = CASES[name]
    bad, good = text.replace("HERE", wasteful), text.replace("HERE", mended)
    assert_one_arm_is_told(tmp_path, code, bad, good, line, within=0.15 if name == "rows" else 0.12)


ERRORS = """
from collections import deque
class Broken(Exception): pass
class Breaker:
    def __init__(self): self.failures = deque(maxlen=40)
    def note(self, error): self.failures.append(HERE)  # kept
def fetched(n): return [{"id": n * 1000 + k, "name": f"item {n} {k}"} for k in range(100)]
def call(n):
    rows = fetched(n)
    try: raise ValueError("truncated")
    except ValueError as problem: raise Broken(f"{len(rows)} rows: {problem}") from None
breakers = [Breaker() for _ in range(8)]
for n in range(500):
    try: call(n)
    except Broken as error: breakers[n % 8].note(error)
print(sum(len(each.failures) for each in breakers))
"""


def test_stored_exceptions_of_several_holders_are_one_finding(tmp_path: Path) -> None:
    """And what they keep is told of them alone, though they themselves have no traceback any more."""
    bad, good = (
        ERRORS.replace("HERE", each) for each in ("error.with_traceback(None)", "str(error)")
    )
    assert_one_arm_is_told(tmp_path, "HW121", bad, good, "# kept")
    found, _, _ = advised(tmp_path / "again", bad, "--snapshot", "peak,end")
    titles = [
        each["title"] for each in found["findings"] if each["code"] == "HW121" and each["holder"]
    ]
    assert titles.count("stored exceptions keep frames and their locals") == 1
    assert not {"HW304"} & {each["code"] for each in found["findings"]}


CLEAN = {
    "a rope of texts": ("HW384", """
class Rope:
    def __init__(self, text, left=None): self.text, self.left = text, left
    def __add__(self, other): return Rope(other, self)
class Page:
    def __init__(self): self.text = Rope("")
    def write(self, text): self.text = self.text + text
    def whole(self):
        parts, at = [], self.text
        while at is not None: parts.append(at.text); at = at.left
        return "".join(reversed(parts))
page = Page()
for n in range(400): page.write(f"{n} " * 9000)
print(len(page.whole()))
"""),
    "versions with edits": ("HW385", """
import random
def main():
    dice = random.Random(1)
    lines = tuple(f"line {n}" for n in range(1000))
    history = [lines]
    for step in range(800):
        at = dice.randrange(len(lines))
        lines = (*lines[:at], f"edit {step}", *lines[at + 1:], *(f"new {step} {k}" for k in range(4)))
        history.append(lines)
    print(len(history))
    return history
HISTORY = main()
"""),
    "a chain to which nothing is added": ("HW384", """
class Link:
    def __init__(self, before): self.before, self.work = before, bytearray(30_000)
class Chain:
    def __init__(self): self.head = None
    def push(self): self.head = Link(self.head)
chain = Chain()
for _ in range(400): chain.push()
print(len(chain.head.work))
"""),
    "copies that have things of their own": ("HW385", """
def main():
    history = []
    for day in range(900):
        history.append(tuple(f"{day} and {n}" for n in range(40 + day)))
    print(len(history))
    return history
HISTORY = main()
"""),
    "rows of small numbers": ("HW385", """
def main():
    history = []
    for day in range(900):
        history.append(tuple(n % 4 for n in range(100 + 4 * day)))
    print(len(history))
    return history
HISTORY = main()
"""),
    "rows that are kept": ("HW383", ROWS.replace("HERE", "").replace("total = 0", "total, kept = 0, []").replace(
        "total += len(payment.memo)", "kept.append(payment); total += len(payment.memo)"
    ).replace("for payment in session.scalars(select(Payment)):", "rows = session.scalars(select(Payment)).all()\n    for payment in rows:")),
}  # fmt: skip


@pytest.mark.parametrize("name", CLEAN)
def test_what_is_as_it_should_be_is_not_told(name: str, tmp_path: Path) -> None:
    code, text = CLEAN[name]
    assert_is_not_told(tmp_path / "clean", code, text)
