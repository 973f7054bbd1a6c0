"""Programs that changes once broke: whatever the rules change in them, they say the same."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from heapwise import lint
from heapwise.lint.mending import mended

PROGRAMS = {
    "reverse by a number": "rows = [3, 1, 2, 9, 8]\nprint(sorted((r for r in rows), reverse=1)[:2])",
    "any keywords": "def top(rows, **kw): return sorted(rows, **kw)[:2]\nprint(top([1, 2, 3], reverse=True))",
    "a name that is taken": "def top(rows):\n    heapq = []\n    return sorted(rows.items())[:1], heapq\nprint(top({1: 2}))",
    "a sorted of its own": "def sorted(x, key=None): return list(x)\nprint(sorted([3, 1, 2], key=abs)[:2])",
    "comments": "rows = [3, 1]\nprint(sorted(  # by size\n    rows, key=abs  # of course\n)[:1])",
    "one file read and written": """
with open(path, "r+") as f:
    f.write(f.read())
print(len(open(path).read()))
""",
    "a file that grows while its lines are read": """
def note(text):
    with open(path, "a") as out: out.write(text)
def go():
    with open(path) as f:
        for line in f.readlines(): note("more" + line)
    with open(path) as f:
        for line in f.read().splitlines():
            if len(line) < 50: note(line * 9)
    with open(path) as f:
        print(sum(1 for line in f.readlines()))
go(); print(len(open(path).read()))
""",
    "lines of a file that is read on": """
def go():
    with open(path) as f:
        for line in f.readlines(): print(f.tell(), f.readline(), line)
go()
""",
    "a sample of a variable length": "def top(rows, k): return sorted(rows)[:k]\nprint(top([3, 1, 2], -1), top([3, 1, 2], 2))",
    "a name bound again": """
class Feed:
    def read(self): return "feed"
def go():
    out = open(path + ".out", "w")
    f = open(path)
    out.write(f.read())
    f = Feed()
    out.write(f.read())
    out.close()
go(); print(open(path + ".out").read())
""",
    "views that are written through": """
import numpy as np
class Window:
    def __init__(self, data): self.head = np.asarray(data)[:3]
data = np.arange(10)
w = Window(data); w.head[0] = 99
class Raw:
    def __init__(self, data): self.head = np.frombuffer(data, dtype=np.uint8)[:3]
raw = bytearray(10); r = Raw(raw); r.head[0] = 7
print(data[0], raw[0])
""",
    "a noqa after a form feed": "d = {'a': 1}\n\x0c\ndef f():\n    é = sorted(d.items(), key=len)[:2]\n    return é\nprint(f())",
    "positional only": "import functools\nclass A:\n    @functools.cache\n    def f(self, /, x): return x\nprint(A().f(1))",
    "a property": """
import functools
class A:
    @property
    @functools.cache
    def big(self): return 5
print(A().big)
""",
    "a subclass that calls": """
import functools
class A:
    @functools.cache
    def f(self, x): return x * 2
class B(A):
    def f(self, x): return A.f(self, x) + 1
print(B().f(3))
""",
    "typed": """
import functools
@functools.lru_cache(maxsize=None, typed=True)
def f(text): return type(text).__name__
print(f(1), f(1.0))
""",
    "one line loops": """
import pathlib
class D:
    def __init__(self, paths):
        self.items = []
        for p in paths: self.items.append(pathlib.Path(p).read_text())
    def __getitem__(self, i):
        return self.items[i]
print(D([path])[0])
""",
    "an index of items": """
import pathlib
class D:
    def __init__(self, paths):
        self.items, self.where = [], {}
        self.items = []
        for p in paths:
            text = pathlib.Path(p).read_text()
            self.where[text] = len(self.items)
            self.items.append(text)
    def __getitem__(self, i):
        return self.items[i]
d = D([path, path]); print(d[0], d.where)
""",
    "a local after the loop": """
import pathlib
class D:
    def __init__(self, paths):
        self.items = []
        for p in paths:
            text = pathlib.Path(p).read_text()
            self.items.append(text)
        self.width = len(text)
    def __getitem__(self, i):
        return self.items[i]
d = D([path]); print(d[0], d.width)
""",
    "items from outside": """
import pathlib
class D:
    def __init__(self, paths):
        self.items = []
        for p in paths:
            self.items.append(pathlib.Path(p).read_text())
    def __getitem__(self, i):
        return self.items[i]
d = D([path]); print(sum(len(x) for x in d.items))
""",
    "two names die at once": """
def go():
    a = list(range(3)); b = list(range(4))
    c = sum(a + b)
    print("work")
    d = sorted(range(3))
    return c, d
print(go())
""",
    "deleted while walked": """
cache = {i: i for i in range(6)}
def go():
    stale = [k for k in cache if k % 2]
    for k in stale:
        del cache[k]
def _stale(c): return [k for k in c if k > 2]
go()
for k in _stale(cache):
    del cache[k]
print(cache)
""",
    "appended while walked": """
def go(xs):
    more = [x * 2 for x in xs]
    for x in more:
        xs.append(x)
    return xs
print(go([1, 2]))
""",
    "awaited": """
import asyncio
async def get(x): return x
async def main(xs):
    rows = [await get(x) for x in xs]
    for r in rows:
        print(r)
asyncio.run(main([1, 2]))
""",
    "read at each turn": """
def shares(xs):
    sq = [x * x for x in xs]
    return [x / sum(sq) for x in xs]
def shrink(n):
    sq = [x * x for x in range(5)]
    while sum(sq) > n:
        n += 10
    return n
print(shares([1, 2]), shrink(3))
""",
    "more arguments": "def _vals(xs): return [x for x in xs]\nprint(max(_vals([3]), [0]))",
    "an Iterator of its own": """
from io import FileIO as Iterator
def load(n) -> list[int]:
    return [i for i in range(n)]
for i in load(2): print(i)
if __name__ == "__main__": print(Iterator.__name__)
""",
    "members of archives": """
import zipfile
with zipfile.ZipFile(path + ".zip", "w") as z: z.writestr("r.txt", "a\\nb")
with zipfile.ZipFile(path + ".zip") as z, z.open("r.txt") as f:
    for line in f.read().splitlines(): print(line)
""",
    "a cursor handed on": """
import sqlite3
def bump(cur, k): cur.execute("update t set n = n + 1 where k = ?", (k,))
cur = sqlite3.connect(":memory:").cursor()
cur.execute("create table t (k, n)")
cur.executemany("insert into t values (?, 0)", [(i,) for i in range(5)])
cur.execute("select k from t")
for (k,) in cur.fetchall(): bump(cur, k)
print(cur.execute("select sum(n) from t").fetchone())
""",
    "raised again": """
import traceback
class W:
    def __init__(self): self.errors = []
    def go(self):
        try: self.inner()
        except ValueError as error:
            self.errors.append(error)
            raise
    def inner(self): raise ValueError("x")
try: W().go()
except ValueError as error: print([f.name for f in traceback.extract_tb(error.__traceback__)])
""",
    "true by default": """
from collections import defaultdict
ENABLED = defaultdict(lambda: True)
def on(name):
    if ENABLED[name]: return "on"
    return "off"
print(on("x"))
""",
    "two classes": """
from collections import defaultdict
class A:
    def __init__(self): self.visited = defaultdict(bool)
    def see(self, i): return bool(self.visited[i])
class B:
    def __init__(self): self.visited = [False] * 3
    def see(self, i):
        if self.visited[i]: return 1
        return 0
print(A().see(1), B().see(1))
""",
    "a property among slots": """
class P:
    def __init__(self, x): self.x = x
    @property
    def x(self): return self._x
    @x.setter
    def x(self, value): self._x = value
points = [P(row) for row in [1, 2]]
rows = [P(row) for row in points]
print(rows[0].x.x)
""",
    "more than fields": """
from dataclasses import dataclass
@dataclass
class R:
    w: int
    h: int = 2
    def __post_init__(self): self.area = self.w * self.h
rows = [1, 2]
made = [R(row) for row in rows]
print(made[1].area, R.h)
""",
    "asked for its dict": """
class P:
    def __init__(self, x): self.x = x
rows = [1, 2]
made = [P(row) for row in rows]
print(vars(made[0]))
""",
    "given a parent": """
class Node:
    def __init__(self, x): self.x = x
class Other:
    def __init__(self): self.parent = None
rows = [1, 2]
made = [Node(row) for row in rows]
made[0].parent = 5
print(made[0].parent)
""",
    "a generator that comes later": """
def go(table, keys):
    more = dict(table)
    found = (more[k] for k in keys)
    print("before")
    return sum(found)
print(go({1: 2}, [1]))
""",
    "what does something when it goes": """
import os, tempfile
def go():
    tmp = tempfile.TemporaryDirectory()
    place = os.path.join(tmp.name, "x")
    print("work")
    open(place, "w").write("y")
    return os.path.exists(place)
print(go())
""",
}  # fmt: skip


def output(text: str, path: Path) -> str:
    path.write_text("one\ntwo\n" * 5)
    told = io.StringIO()
    with redirect_stdout(told):
        exec(compile(text, "x.py", "exec"), {"__name__": "__main__", "path": str(path)})
    return told.getvalue()


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_program_says_the_same(name: str, tmp_path: Path) -> None:
    if "numpy" in PROGRAMS[name]:
        pytest.importorskip("numpy")
    text = PROGRAMS[name].strip() + "\n"
    hits = lint.check_text("x.py", text, sized=True)
    changed, _ = mended(text, [edit for hit in hits for edit in hit.edits])
    assert changed.count("#") == text.count("#")
    assert output(changed, tmp_path / "file") == output(text, tmp_path / "file") != ""


def test_what_cannot_be_changed_is_told(tmp_path: Path) -> None:
    from heapwise.errors import CannotMendError

    deep = "x = " + "+".join(["1"] * 900) + "\nprint(sorted((x, 2), key=abs)[:1])\n"
    hits = lint.check_text("x.py", deep, sized=True)
    try:
        changed, _ = mended(deep, [edit for hit in hits for edit in hit.edits])
    except CannotMendError:
        return
    assert output(changed, tmp_path / "file") == output(deep, tmp_path / "file")
