"""Which bindings of a name reach which reads: each one that a program meets when it runs is among those told."""

from __future__ import annotations

import ast
import contextlib
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heapwise.lint.reaching import reaching
from heapwise.lint.source import Source

_PLAIN = (
    "x = LINE", "y, x = 0, LINE", "read(x)", "read([x for x in (LINE,)][0])", "read([x for _ in '1'][0])",
    "if read(x): x = LINE",
)  # fmt: skip
_LEAVES = ("if flip(): return", "if flip(): raise ValueError")
_LEAVES_LOOPS = ("if flip(): break", "if flip(): continue")
_HEADS = (
    ("if flip():", "else:"), ("for x in [LINE] * turns():", "else:"), ("for _ in range(turns()):",), ("while flip():", "else:"),
    ("try:", "except ValueError:"), ("try:", "except ValueError:", "else:", "finally:"), ("with Some(LINE) as x:",),
)  # fmt: skip


def block(draw: Any, depth: int, simple: tuple[str, ...]) -> list[str]:
    """Statements, each in a line, that may have others in them."""
    lines = []
    for _ in range(draw(st.integers(1, 3))):
        if not depth or draw(st.booleans()):
            lines.append(draw(st.sampled_from(simple)))
            continue
        for head in draw(st.sampled_from(_HEADS)):
            inside = (*simple, *_LEAVES_LOOPS) if head.startswith(("for", "while")) else simple
            inside = _PLAIN if head == "finally:" else inside
            lines += [head, *(f"    {line}" for line in block(draw, depth - 1, inside))]
    return lines


@st.composite
def programs(draw: Any) -> str:
    """A function that binds x again and again: what binds it has its own line for a value."""
    body = ["x = LINE", *block(draw, 3, (*_PLAIN, *_LEAVES)), "read(x)"]
    lines = ["def run():", *(f"    {line}" for line in body)]
    return "\n".join(line.replace("LINE", str(at)) for at, line in enumerate(lines, 1))


class Marked(ast.NodeTransformer):
    """A program whose reads of x tell where they stand."""

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id != "x" or not isinstance(node.ctx, ast.Load):
            return node
        return ast.Call(ast.Name("told", ast.Load()), [ast.Constant(node.lineno), node], [])


class Some:
    """What gives a value as its context."""

    def __init__(self, value: int) -> None:
        self.value = value

    def __enter__(self) -> int:
        return self.value

    def __exit__(self, *_: object) -> None:
        return None


def met(text: str, seed: int) -> set[tuple[int, int]]:
    """(line of a read, the value that it gave) of one run, with dice for its conditions."""
    dice, found, left = random.Random(seed), set(), iter(range(300))

    def flip() -> bool:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return dice.random() < 0.5

    def told(line: int, value: int) -> int:
        found.add((line, value))
        return value

    names = {"flip": flip, "told": told, "read": lambda _: flip(), "turns": lambda: dice.randrange(3), "Some": Some}  # fmt: skip
    exec(compile(ast.fix_missing_locations(Marked().visit(ast.parse(text))), "p", "exec"), names)
    with contextlib.suppress(ValueError, KeyboardInterrupt):
        names["run"]()  # type: ignore[operator]
    return found


@settings(max_examples=400, deadline=None)
@given(programs(), st.integers(0, 1000))
def test_what_a_run_meets_is_among_what_is_told(text: str, seed: int) -> None:
    source = Source("p.py", text)
    [function] = source.functions
    found = reaching(
        function, "x", [node for where, node in source.binders["x"] if where is function]
    )
    assert found is not None
    told = {
        (read.lineno, getattr(node, "lineno", 0)) for read, nodes in found.items() for node in nodes
    }
    for each in range(seed, seed + 5):
        assert met(text, each) <= told, text


CASES = {
    "one after the other": ("x = 1\nread(x)\nx = 2\nread(x)", [(2, [1]), (4, [3])]),
    "its own old value": ("x = 1\nx = x + 1\nread(x)", [(2, [1]), (3, [2])]),
    "both arms": ("if a:\n  x = 1\nelse:\n  x = 2\nread(x)", [(5, [2, 4])]),
    "an arm that leaves": ("x = 1\nif a:\n  x = 2\n  return\nread(x)", [(5, [1])]),
    "a loop that comes again": ("x = 1\nfor a in b:\n  read(x)\n  x = 2", [(3, [1, 4])]),
    "a loop of its own": ("for x in a:\n  read(x)\nx = 2\nread(x)", [(2, [1]), (4, [3])]),
    "a comprehension": ("x = 1\ny = [x for x in x]\nread(x)", [(2, [1]), (2, [2]), (3, [1])]),
    "two comprehensions": ("y = [x for x in a]\nz = {x for x in b}", [(1, [1]), (2, [2])]),
    "what is tried": ("x = 1\ntry:\n  x = 2\nexcept E:\n  read(x)\nread(x)", [(5, [1, 3]), (6, [1, 3])]),
    "with": ("with a as x:\n  read(x)\nwith b as x:\n  read(x)", [(2, [1]), (4, [3])]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_bindings_of_each_read(name: str) -> None:
    text, expected = CASES[name]
    source = Source("p.py", "def run(a, b):\n" + "".join(f" {line}\n" for line in text.split("\n")))
    [function] = source.functions
    found = reaching(
        function, "x", [node for where, node in source.binders["x"] if where is function]
    )
    assert found is not None
    told = [
        (read.lineno - 1, sorted(node.lineno - 1 for node in nodes))  # type: ignore[attr-defined]
        for read, nodes in found.items()
    ]
    assert sorted(told) == expected


@pytest.mark.parametrize(
    "text", [
        "x = 1\ny = (x for _ in a)\nx = 2", "x = 1\nx += 1", "x = 1\ndel x\nx = 2", "x = 1\nx = 2\nf = lambda: x", "x = 1\nx = 2\ndef f(): return x",
        "x = 1\nif (x := 2): pass",
    ],
)  # fmt: skip
def test_nothing_is_said_of_what_is_not_plain(text: str) -> None:
    source = Source("p.py", "def run():\n" + "".join(f" {line}\n" for line in text.split("\n")))
    function = source.functions[0]
    binders = [node for where, node in source.binders["x"] if where is function]
    assert reaching(function, "x", binders) is None
