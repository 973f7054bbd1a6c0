"""What objects take beyond what was asked for: together they asked for as much as the recording counted."""

from __future__ import annotations

import pytest

from heapwise.model.snapshot import Snapshot
from tests.conftest import Runner

COUNT = 3000
MADE = {
    "floats": "n * 1.5",
    "ints": "n + 10**6",
    "ints of three digits": "n + 2**61",
    "texts": "'x' * (n % 90) + str(n)",
    "wide texts": "chr(0x416) * (n % 40 + 2)",
    "bytes": "bytes(n % 700 + 3)",
    "tuples": "(None,) * (n % 70 + 21)",
    "lists with room": "[None] * (n % 90 + 5)",
    "dicts": "{str(k): None for k in range(n % 30 + 9)}",
    "sets": "{k + 300 for k in range(n % 40 + 9)}",
    "ordered dicts": "collections.OrderedDict.fromkeys(range(n % 20 + 1))",
    "deques": "collections.deque(range(n % 200))",
    "byte arrays": "bytearray(n % 300 + 1)",
    "arrays": "array.array('d', bytes(8 * (n % 50 + 1)))",
    "slots": "Slotted()",
    "instances": "Plain()",
    "locks": "threading.Lock()",
    "structs": "struct.Struct('i' * (n % 5 + 1) + 'h' * (n % 3 + 1))",
    "arrays of numpy": "numpy.zeros(n % 400 + 1, dtype=numpy.uint8)",
    "elements": "ElementTree.Element('a', {'b': 'c'})",
    "classes of texts": "Text('x' * (n % 50 + 3))",
}
PROGRAM = """
import array, collections, struct, threading
from xml.etree import ElementTree
{more}
class Slotted:
    __slots__ = ("first", "second", "third")
class Plain:
    def __init__(self): self.first = self.second = self.third = None
class Text(str):
    __slots__ = ()
def made(n): return {made}  # made
used_up = [made(n) for n in range(300)]  # what the interpreter keeps of ended objects
kept = [None] * {count}
for n in range({count}): kept[n] = made(n)
kept
"""


@pytest.mark.parametrize("kind", MADE)
def test_together_they_asked_for_what_was_counted(kind: str, run_program: Runner) -> None:
    more = "import numpy" if "numpy" in kind else ""
    text = PROGRAM.format(more=more, made=MADE[kind], count=COUNT)
    run = run_program(text, options=["--snapshot", "end"])
    assert run.code == 0, run.stderr
    snapshot = Snapshot.open(run.path.with_suffix(".snapshot.hw"))
    line = next(n for n, each in enumerate(text.splitlines(), 1) if each.endswith("# made"))
    sizes, rounded = snapshot.nodes("size_bytes"), snapshot.nodes("rounded_bytes")
    made = [
        node for node in range(len(sizes))
        if (at := snapshot.allocated_at(node)) is not None and at.line == line and at.file.endswith("program.py")
    ]  # fmt: skip
    assert len(made) >= COUNT
    asked = sum(sizes[node] - rounded[node] for node in made)
    # An array has its shape in a block of its own, of 16 bytes, which is in no size.
    shapes = 16 * len(made) if more else 0
    assert asked + shapes == pytest.approx(run.line(line, at="end"), rel=0.01)
