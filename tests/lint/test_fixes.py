"""Changes leave behaviour as it is, change nothing else, and their hits are gone afterwards."""

from __future__ import annotations

import io
import sqlite3
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heapwise import lint
from heapwise.lint.mending import mended


def fix(text: str, *codes: str, sized: bool = False) -> str:
    sized = sized or "HW705" in codes
    hits = lint.check_text("x.py", text, set(codes) or None, sized=sized)
    changed, count = mended(text, [edit for hit in hits for edit in hit.edits])
    assert count == len({edit for hit in hits for edit in hit.edits}) > 0
    left = lint.check_text("x.py", changed, set(codes) or None, sized=sized)
    assert not [hit for hit in left if hit.edits], changed
    return changed


def output(text: str, **given: Any) -> str:
    told = io.StringIO()
    with redirect_stdout(told):
        exec(compile(text, "x.py", "exec"), {"__name__": "__main__", **given})
    return told.getvalue()


PROGRAMS = {
    "HW501": """
import functools
class Model:
    factor = 2
    @functools.cache
    def twice(self, x, *, y=1): return 2 * x + y
    @functools.cache
    def uses(self, x): return self.factor * x
print(Model().twice(3), Model().twice(4, y=2), Model().uses(3))
""",
    "HW502": """
import functools
@functools.lru_cache(maxsize=None)
def tokens(text): return tuple(text.split())
@functools.cache
def words(text): return len(text.split())
print(tokens("a b"), words("a b c"), tokens("a b") is tokens("a b"))
""",
    "HW507": """
class Worker:
    def __init__(self): self.errors = []
    def run(self):
        try: raise ValueError("no")
        except ValueError as error:
            self.errors.append(("job", error))
w = Worker(); w.run(); print(repr(w.errors))
""",
    "HW510": """
from collections import defaultdict
INDEX = defaultdict(set)
def has(word):
    return True if INDEX[word] else False
INDEX["a"].add(1)
print(has("a"), has("b"))
""",
    "HW601": '''
import copy
from dataclasses import dataclass, field
@dataclass
class Point:
    """Where."""
    x: int
    y: int = 2
    tags: list = field(default_factory=list)
@dataclass(order=True)
class Cost:
    cents: int
class Row:
    """A row."""
    def __init__(self, a): self.a = a; self.b = [a]
    def both(self): return self.a, self.b
class Bare:
    def __init__(self, a):
        self.a = a
made = [Point(i) for i in map(int, "123")]
costs = [Cost(i) for i in map(int, "312")]
rows = [Row(i) for i in map(int, "45")]
bare = [Bare(i) for i in map(int, "45")]
print(made, sorted(costs), [r.both() for r in rows], [b.a for b in bare])
print(copy.copy(made[0]) == made[0], copy.copy(rows[0]).both())
''',
    "HW701": """
def total(rows):
    costs = [row * 2 for row in rows]
    return sum(costs)
def walk(rows):
    costs = list(row * 2 for row in rows if row)
    for cost in costs:
        print(cost)
print(total(range(4))); walk([3, 0, 4])
""",
    "HW702": """
def load(names) -> list[str]:
    found = sorted(names)
    return [name.upper() for name in found]
for each in load({"b", "a"}):
    print(each)
def pairs(names, least=1) -> list[tuple[str, int]]:
    '''Names with their lengths.'''
    found = []
    for name in sorted(names):
        size = len(name)
        if size >= least:
            for turn in range(2):
                found.append((
                    name, size + turn,
                ))
    return found
for name, size in pairs(["abc", "d", ""]):
    print(name, size)
if __name__ == "__main__":
    print(sum(len(each) for each in load({"abc"})))
""",
    "HW703": """
with open(path) as file:
    for line in file.read().splitlines():
        print(repr(line))
with open(path) as file:
    print([len(line) for line in file.read().splitlines()])
with open(path) as file:
    for line in file.readlines():
        print(repr(line))
""",
    "HW704": """
for row in cursor.execute("select n from t").fetchall():
    print(row)
print(sum(n for n, in cursor.execute("select n from t").fetchall()))
""",
    "HW705": """
rows = ["ccc", "a", "bb", "aa", "b"]
print(sorted(rows)[:2], sorted(rows, key=len)[:3], sorted(rows, key=len, reverse=True)[:3])
print(sorted((len(r) for r in rows), reverse=False)[:1])
""",
    "HW708": """
import hashlib
with open(path, "rb") as source, open(path + ".copy", "wb") as target:
    target.write(source.read())
with open(path + ".copy", "rb") as file:
    print(hashlib.sha256(file.read()).hexdigest())
""",
    "HW709": """
import pathlib
class Texts:
    \"\"\"All texts.\"\"\"
    def __init__(self, folder, note="x"):
        self.note = note
        self.items = []
        for file in sorted(folder.glob("tex*")):
            # each whole
            text = file.read_text()
            self.items.append((text, len(text)))
        self.done = True
    def __len__(self): return len(self.items)
    def __getitem__(self, index):
        return self.items[index]
class Sizes:
    def __init__(self, paths):
        self.sizes = [each.read_bytes() for each in paths]
    def __getitem__(self, index):
        return self.sizes[index]
class Both:
    def __init__(self, paths, encoding):
        self.texts = [each.read_text() and encoding for each in paths]
    def __getitem__(self, index):
        return self.texts[index]
folder = pathlib.Path(path).parent
texts = Texts(folder)
print(len(texts), texts[0], texts.note, texts.done, Sizes([folder / "text"])[0], Both([folder / "text"], "utf")[0])
""",
    "HW710": """
import numpy as np
parts = []
for i in range(3):
    big = np.zeros(1000) + 1
    big = np.arange(1000) * i
    parts.append(big[:3])
class Head:
    def __init__(self): self.first = np.arange(100)[:2]
print(parts, Head().first)
""",
    "HW711": """
import json
import collections, decimal as dec
import fractions
import zlib
from math import (
    sqrt,
)
def dump(x):
    \"\"\"As text.\"\"\"
    return json.dumps(x)
def root(x):
    return sqrt(x)
def cost(x):
    return dec.Decimal(x), collections.Counter("a")
def part(x):
    if (
        x > 2
    ):
        half = fractions.Fraction(1, x)
        return half + fractions.Fraction(1, 2)
    return x
def packed(x):
    try:
        return 1 / x
    except ZeroDivisionError:
        size = len(zlib.compress(b""))
        return zlib.crc32(b"1") + size
print(dump([1]), root(4), cost("1.5"), dump.__doc__, part(3), packed(0))
""",
    "HW712": """
def run():
    raw = list(range(10))
    total = sum(raw)
    more = sum(range(5))
    return print(total, more)
run()
""",
    "HW715": """
lxml = None
class Tree:
    def xpath(self, asked, smart_strings=True): return [asked, len(asked)]
print([tree.xpath("//a/text()")[0] for tree in (Tree(), Tree())])
""",
    "HW774": """
import copy
def run(n):
    raw = [[i] for i in range(n)]
    rows = copy.deepcopy(raw)
    rows[0].append(5)
    table = {i: i for i in range(n)}
    other = table.copy()
    other[1] = 7
    return rows, other
print(run(3))
""",
}  # fmt: skip


@pytest.mark.parametrize("code", PROGRAMS)
def test_the_program_says_the_same(code: str, tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_text("one\ntwo\n\nthree")
    connection = sqlite3.connect(":memory:")
    connection.execute("create table t (n)")
    connection.executemany("insert into t values (?)", [(i,) for i in range(3)])
    text = PROGRAMS[code]
    given_names = {"path": str(path), "cursor": connection.cursor()}
    before = output(text, **given_names)
    changed = fix(text, code, sized=True)
    assert changed != text
    assert output(changed, **given_names) == before != ""


def test_every_rule_that_changes_text_is_tried() -> None:
    with_edits = set()
    for path in (Path(__file__).parent / "rules").glob("hw*.py"):
        text = path.read_text()
        with_edits |= {hit.code for hit in lint.check_text("x", text, sized=True) if hit.edits}
    assert with_edits <= set(PROGRAMS)


def test_all_else_stays_as_it_is_written() -> None:
    text = "import os  # why\n\n\nx = [ 1,2 ,3]   # odd\nbest = sorted( x, key=abs )[:2]\ny = { 'a':1 }\n"
    changed = fix(text)
    assert changed == text.replace(
        "sorted( x, key=abs )[:2]", "heapq.nsmallest(2, x, key=abs )"
    ).replace("import os  # why\n", "import os  # why\nimport heapq\n")


def test_an_expression_keeps_its_lines() -> None:
    text = "def f(rows):\n    costs = [\n        row  # each\n        for row in rows\n    ]\n    return sum(costs)\n"
    assert fix(text, sized=True) == text.replace("[", "(").replace("]", ")")


def test_edits_in_each_other_are_both_made() -> None:
    text = "import heapq\nrows = [[3, 1], [2]]\nprint(sorted(sorted(rows)[:2], key=len)[:1])\n"
    changed = fix(text, "HW705")
    assert changed.count("nsmallest") == 2
    assert output(changed) == output(text)


def test_lines_end_as_they_did() -> None:
    text = "a = [3, 1]\r\nbest = sorted(a, key=abs)[:2]\r\n"
    assert fix(text).count("\r\n") >= 2
    assert "\n" not in fix(text).replace("\r\n", "")


@pytest.mark.parametrize(
    "refused",
    [
        "class A:\n    x = 1\n    def __init__(self): self.x = 2\nr = [A() for _ in rows]\n",
        "class A:\n    def __init__(self): self.x = 2\nr = [A() for _ in rows]\nr[0].other = 3\n",
        "class A:\n    def __init__(self): self.x = 2\nclass B:\n    pass\nclass C(A, B):\n    pass\nr = [A() for _ in rows]\n",
    ],
    ids=["default under the same name", "written from outside", "one of several bases"],
)
def test_slots_are_refused(refused: str) -> None:
    (hit,) = [h for h in lint.check_text("x", refused) if h.code == "HW601"]
    assert not hit.edits


values = st.lists(st.integers(-5, 5) | st.floats(allow_nan=False), max_size=12)


@given(values, st.integers(1, 6), st.booleans(), st.sampled_from(["", ", key=abs"]))
@settings(max_examples=60, deadline=None)
def test_the_first_few_are_the_same(rows: list[float], count: int, largest: bool, key: str) -> None:
    text = f"found = sorted(rows{key}, reverse={largest})[:{count}]\n"
    assert run(text, rows) == run(fix(text, "HW705"), rows)


@given(st.lists(st.text(alphabet="ab \t", max_size=4), max_size=6), st.booleans())
@settings(max_examples=40, deadline=None)
def test_the_lines_are_the_same(tmp_path_factory: Any, lines: list[str], ends: bool) -> None:
    path = tmp_path_factory.mktemp("lines") / "text"
    path.write_text("\n".join(lines) + ("\n" if ends and lines else ""))
    text = "found = []\nwith open(rows) as f:\n    for line in f.read().splitlines():\n        found += [line + '.']\n"
    assert run(text, str(path)) == run(fix(text, "HW703"), str(path))


def run(text: str, rows: Any) -> Any:
    names: dict[str, Any] = {"rows": rows}
    exec(text, names)
    return names["found"]


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_no_text_breaks_it(data: bytes) -> None:
    text = data.decode("latin-1")
    hits = lint.check_text("x.py", text, sized=True)
    assert all(hit.code for hit in hits)


READS_ONCE = PROGRAMS["HW702"]
ITERATOR = "from collections.abc import Iterator"


@pytest.mark.parametrize(
    ("head", "changed"),
    [
        ("import sys\nfrom pathlib import Path\n\nimport numpy\n",
         f"import sys\n{ITERATOR}\nfrom pathlib import Path\n\nimport numpy\n"),
        ("import sys\r\n\r\nimport numpy\r\n", f"import sys\r\n{ITERATOR}\r\n\r\nimport numpy\r\n"),
        ('"""What."""\nfrom __future__ import annotations\nimport os; import sys\nfrom .own import x\n',
         f'"""What."""\nfrom __future__ import annotations\nimport os; import sys\n{ITERATOR}\nfrom .own import x\n'),
        ("import sys\nfrom collections.abc import Callable\n",
         "import sys\nfrom collections.abc import Iterator, Callable\n"),
        ("import sys; \\\nimport os\n", f"import sys; \\\nimport os\n{ITERATOR}\n"),
        ("import sys\nprint(sys.argv); from abc import ABC\n",
         f"import sys\n{ITERATOR}\nprint(sys.argv); from abc import ABC\n"),
    ],
)  # fmt: skip
def test_an_import_is_put_where_a_reader_looks_for_it(head: str, changed: str) -> None:
    assert fix(head + READS_ONCE, "HW702", sized=True).startswith(changed)


@pytest.mark.parametrize(
    "head", ["", "import numpy\n", "from .own import x\n", "import sys; \\\nx = 1\n"]
)
def test_an_import_that_has_no_like_is_still_there(head: str) -> None:
    assert ITERATOR in fix(head + READS_ONCE, "HW702", sized=True)


@pytest.mark.parametrize(("name", "code"), [("thumbnails", "HW702"), ("training", "HW709")])
def test_the_examples_are_changed(name: str, code: str) -> None:
    text = (Path(__file__).parents[2] / "examples" / f"{name}.py").read_text()
    assert fix(text, code, sized=True) != text
