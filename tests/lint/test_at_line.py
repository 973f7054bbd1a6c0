"""Changes at a line that objects of the heap show to be at fault: what becomes of it, what is left alone, and that the
program says the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heapwise.lint import at_line, number_arrays
from heapwise.lint.mending import mended
from heapwise.lint.rule import Edit
from heapwise.lint.source import Source
from tests.lint.test_fix_properties import SETTINGS, one, ran

pytest.importorskip("libcst")
Change = Callable[[Source, int], Sequence[Edit]]


def changed(text: str, change: Change) -> str:
    """A text with the change at its line that ends in `# here`; empty where there is none."""
    line = next(n for n, each in enumerate(text.splitlines(), 1) if each.endswith("# here"))
    after, count = mended(text, change(Source("x.py", text), line))
    return after if count else ""


def floats(source: Source, line: int) -> Sequence[Edit]:
    return number_arrays.as_array(source, line, "float")


def ints(source: Source, line: int) -> Sequence[Edit]:
    return number_arrays.as_array(source, line, "int")


def copies(source: Source, line: int) -> Sequence[Edit]:
    return at_line.copied(source, line, "numpy.ndarray")


def copies_bytes(source: Source, line: int) -> Sequence[Edit]:
    return at_line.copied(source, line, "memoryview")


def copies_arrow(source: Source, line: int) -> Sequence[Edit]:
    return at_line.copied(source, line, "pyarrow.lib.Table")


def defaults(source: Source, line: int) -> Sequence[Edit]:
    return at_line.own_defaults(source, "put", line)


DICTS = (
    "from collections import defaultdict, deque\nSEEN = defaultdict(list)\nOTHER = defaultdict(list)\n"
    "DEQUES = defaultdict(deque)\n"
    "LAST = defaultdict(lambda: deque(maxlen=2))\n"
)
ERRORS = "class Board:\n    def note(self, job, error):\n        "
CHANGES: list[tuple[Change, str, str]] = [
    (at_line.interned, "name = row[2].lower()  # here", "name = sys.intern(row[2].lower())"),
    (at_line.interned, "name = f'{a}-{b}'  # here", "name = sys.intern(f'{a}-{b}')"),
    (at_line.interned, "kept.append(raw.decode())  # here", "kept.append(sys.intern(raw.decode()))"),
    (at_line.interned, "name = f'{a.strip()}'  # here", "name = sys.intern(f'{a.strip()}')"),
    (at_line.interned, "page = f'{a}' + 'x' * 9 + '.'  # here", "page = sys.intern(f'{a}' + 'x' * 9 + '.')"),
    (at_line.interned, "kept.append(Row(host=f'host-{n}', at=n))  # here", "Row(host=sys.intern(f'host-{n}'), at=n)"),
    (at_line.interned, "rows[f'host-{n}'] = n  # here", "rows[sys.intern(f'host-{n}')] = n"),
    (at_line.interned, "rows = [{f'c{j}': j for j in cells} for cells in table]  # here", "{sys.intern(f'c{j}'): j"),
    (at_line.interned, "name = 'room-%d' % n  # here", "name = sys.intern('room-%d' % n)"),
    (copies, "kept[k] = whole[:10]  # here", "kept[k] = whole[:10].copy()"),
    (copies, "kept.append(frame.iloc[-1:])  # here", "kept.append(frame.iloc[-1:].copy())"),
    (copies, "head = image[0:4, 0:4]  # here", "head = image[0:4, 0:4].copy()"),
    (copies_bytes, "kept.append(view[2:9])  # here", "kept.append(bytes(view[2:9]))"),
    (floats, "def f(n):\n    xs = [i / 2 for i in range(n)]  # here\n    return sum(xs)",
     'xs = array("d", (i / 2 for i in range(n)))'),
    (ints, "xs = []\nfor i in range(9):\n    xs.append(i)  # here\nprint(max(xs), xs[0])", 'xs = array("q")'),
    (floats, "class A:\n    def __init__(self): self.xs = []\n    def put(self, x):\n"
     "        self.xs.append(x)  # here\n    def all(self): return sum(self.xs)\nprint(A())", 'self.xs = array("d")'),
    (defaults, "def put(x, into=[]):  # here\n    into.append(x)\nclass A:\n    def put(self): pass", "def put(x, into=None):"),
    (at_line.without_tracebacks, ERRORS + "self.failed[job] = error  # here", "= error.with_traceback(None)"),
    (at_line.without_tracebacks, ERRORS + "self.all.append(Outcome(job, error=error))  # here",
     "Outcome(job, error=error.with_traceback(None))"),
    (at_line.without_tracebacks, "try:\n    work()\nexcept ValueError as problem:\n    failed.append(problem)  # here",
     "failed.append(problem.with_traceback(None))"),
    (at_line.of_plain_strings, "kept += tree.xpath(path)  # here", "tree.xpath(path, smart_strings=False)"),
    (at_line.looked_up, DICTS + "n = len(DEQUES[key])  # here", "n = len(DEQUES.get(key, DEQUES.default_factory()))"),
    (at_line.looked_up, DICTS + "n = len(SEEN[key])  # here", "n = len(SEEN.get(key, list()))"),
    (at_line.looked_up, DICTS + "def f(key):\n    window = SEEN[key]  # here\n    return sum(window)\n"
     "def g(key):\n    window = SEEN[key]\n    window.append(1)", "window = SEEN.get(key, list())"),
    (at_line.looked_up, DICTS + "window = LAST[a, b]  # here", "window = LAST.get((a, b), LAST.default_factory())"),
    (at_line.looked_up, DICTS + "for x in SEEN[key]: OTHER[x].append(1)  # here", "for x in SEEN.get(key, list()):"),
    (defaults, "def put(x, into=[]):  # here\n    into.append(x)", "def put(x, into=None):"),
    (defaults, "def put(x, *, into={}):  # here\n    '''Puts.'''\n    into[x] = x",
     "    '''Puts.'''\n    if into is None:\n        into = {}"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "text", "wanted"), CHANGES)
def test_the_line_is_changed(change: Change, text: str, wanted: str) -> None:
    assert wanted in changed(text + "\n", change)


REFUSED: list[tuple[Change, str]] = [
    (at_line.interned, "pair = a.strip(), b.strip()  # here"),  # which of them was made many times?
    (at_line.interned, "parts = line.split()  # here"),
    (at_line.interned, "words = WORD.findall(text.lower())  # here"),  # the words are many, not the text
    (at_line.interned, "a, b = line.strip().split(';')  # here"),
    (at_line.interned, "n = counts[name.lower()]  # here"),
    (at_line.interned, "print(f'{n} rows')  # here"),
    (at_line.interned, "total = len(rows)  # here"),
    (copies, "both = a[:3], b[:3]  # here"),
    (copies, "whole[:10] = 0  # here"),
    (copies, "row = whole[3]  # here"),
    (copies_arrow, "head = table[:3]  # here"),
    (floats, "def f(n):\n    xs = [i / 2 for i in range(n)]  # here\n    return xs"),
    (floats, "def f(n):\n    xs = [i / 2 for i in range(n)]  # here\n    xs.sort()\n    return xs[0]"),
    (floats, "def f(n):\n    xs = [i / 2 for i in range(n)]  # here\n    print(xs)"),
    (floats, "def f(n):\n    xs = [i / 2 for i in range(n)]  # here\n    return xs + [1.0]"),
    (floats, "def f(n):\n    xs = [i / 2 for i in range(n)]  # here\n    return xs[1:]"),
    (floats, "def f(n):\n    xs = [i / 2 for i in range(n)]  # here\n    return sorted(xs)[0]"),  # boxes of all
    (floats, "def f(n, y):\n    xs = [i / 2 for i in range(n)]  # here\n    return y in xs"),
    (floats, "def f(n):\n    a, xs = 1, [i / 2 for i in range(n)]  # here\n    return sum(xs)"),
    (ints, "xs = [1]\nxs.append(2)  # here\nprint(max(xs))"),
    (ints, "xs = []\nif xs: xs = []\nxs.append(2)  # here\nprint(max(xs))"),
    (ints, "xs: list[int] = []\nxs.append(2)  # here\nprint(max(xs))"),
    (floats, "class A:\n    def __init__(self): self.xs = []\n    def put(self, x):\n"
     "        self.xs.append(x)  # here\ndef f(a): return a.xs"),
    (defaults, "def put(x, into=()):  # here\n    return into"),
    (defaults, "def put(x, into: list = []):  # here\n    into.append(x)"),
    (defaults, "def put(x, into=[]):  # here\n    yield into"),
    (defaults, "def put(x, into=[]): into.append(x)  # here"),
    (at_line.without_tracebacks, ERRORS + "self.failed[job] = str(error)  # here"),
    (at_line.without_tracebacks, ERRORS + "self.failed[job] = error.args  # here"),
    (at_line.without_tracebacks, "def note(job, error=None):\n    failed[job] = error  # here"),
    (at_line.without_tracebacks, "def note(job, *, error: Exception | None):\n    failed[job] = error  # here"),
    (at_line.without_tracebacks, "error = 5\nfailed[job] = error  # here"),
    (at_line.of_plain_strings, "kept += tree.xpath(path)  # here\nprint(kept[0].getparent())"),
    (at_line.of_plain_strings, "kept += tree.xpath(path, smart_strings=True)  # here"),
    (at_line.looked_up, DICTS + "SEEN[key].append(1)  # here"),
    (at_line.looked_up, DICTS + "SEEN[key] += [1]  # here"),
    (at_line.looked_up, DICTS + "SEEN[key][0] = 1  # here"),
    (at_line.looked_up, DICTS + "x = rows[key]  # here"),
    (at_line.looked_up, DICTS + "x = SEEN[a], SEEN[b]  # here"),
    # What a review showed.
    (at_line.interned, "rows.append(decoder.decode(line))  # here"),
    (at_line.interned, "kept.append(root / f'part-{n}.csv')  # here"),
    (at_line.interned, "df['host'] = df['host'].str.lower()  # here"),
    (at_line.interned, "df['full'] = df['host'] + '.example.org'  # here"),
    (at_line.interned, "wide = a.join(b)  # here"),
    (at_line.interned, "rows.append(at.replace(hour=2))  # here"),
    (at_line.interned, "row = json.loads(raw) if raw.strip() else None  # here"),
    (at_line.interned, "import numpy as np\nnames = np.char.lower(given)  # here"),
    (copies, "kept[name[:-4]] = table[0]  # here"),
    (copies, "kept.append(np.frombuffer(data[4:], 'f4'))  # here"),
    (copies, "kept.append(image.reshape(image.shape[:1] + (-1,)))  # here"),
    (copies, "for a, b in spans[:1]: kept.append(a)  # here"),
    (copies_bytes, "kept.append(view[2:9])  # here\nprint(sum(each.nbytes for each in kept))"),
    (copies_bytes, "bytes = f.read()\nkept.append(memoryview(bytes)[:4])  # here"),
    (floats, "rows = [[float(x) for x in line.split()] for line in lines]  # here\nprint(len(rows))"),
    (floats, "rows = []\nfor line in lines:\n    rows.append(list(map(float, line.split())))  # here\nprint(len(rows))"),
    (floats, "async def f(ticks):\n    xs = [x async for x in ticks()]  # here\n    return sum(xs)"),
    (floats, "async def f(ticks):\n    xs = [await x for x in ticks]  # here\n    return sum(xs)"),
    (floats, "xs = [float(next(it)) for _ in range(9)]  # here\nprint(sum(xs))"),
    (floats, "import numpy\nxs = []\nfor i in range(9):\n    xs.append(i / 2)  # here\na = numpy.asarray(xs)"),
    (floats, "def f(groups):\n    for xs in groups:\n        xs.append(1.5)  # here\n    xs = []\n    return sum(xs)"),
    (floats, "class A:\n    def __init__(self): self.xs = []\n    def put(self, x):\n        self.xs.append(x)  # here\n"),
    (at_line.looked_up, DICTS + "def f(key):\n    bucket = SEEN[key]  # here\n    bucket.append(1)"),
    (at_line.looked_up, DICTS + "def f(key):\n    row = SEEN[key]  # here\n    row = row[1:]\n    row = row\n    return row"),
    (at_line.looked_up, DICTS + "heapq.heappush(SEEN[key], 1)  # here"),
    (at_line.looked_up, DICTS + "SEEN[key].hits += 1  # here"),
    (at_line.looked_up, DICTS + "with SEEN[key]: pass  # here"),
    (at_line.looked_up, DICTS + "OTHER[key] = SEEN[key]  # here"),
    (at_line.looked_up, DICTS + "def f(SEEN):\n    return SEEN[0]  # here"),
    (at_line.looked_up, DICTS + "SEEN.default_factory = None\nprint(SEEN[0])  # here"),
    (defaults, "def put(x, into={'n': EMPTY}):  # here\n    into[x] = x"),
    (defaults, "def put(x, into=[]):  # here\n    if into is None: return 0\n    into.append(x)"),
    (at_line.of_plain_strings, "def xpath(self, q): pass\nkept += tree.xpath(path)  # here"),
    (at_line.of_plain_strings, "kept += tree.xpath(path, **options)  # here"),
    (at_line.without_tracebacks, "try:\n    work()\nexcept ValueError as error:\n    failed.append(error)  # here\n    raise"),
    (at_line.without_tracebacks, "def note(stderr):\n    failed.append(stderr)  # here"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "text"), REFUSED)
def test_a_line_is_left_alone(change: Change, text: str) -> None:
    assert changed(text + "\n", change) == ""


USES = one(
    "print(sum(xs), max(xs, default=0))", "print(len(xs), min(xs, default=1))", "print(xs)", "print(xs[0])", "xs[0] = 7",
    "print(sorted(xs)[:2])", "for x in xs:\n    print(x)", "print([x for x in xs if x > 1])", "xs.append(total)",
    "xs.extend([total, total])", "print(xs.pop())", "xs.reverse()", "xs.sort()", "print(xs == [])", "print(xs[1:])",
    "print(2.5 in xs)", "del xs[0]", "ys = xs", "print(list(zip(xs, xs)))", "if xs:\n    print('some')",
    "while xs:\n    print(xs.pop())", "print(not xs)", "print(xs or None)", "print(xs + xs)", "print(xs * 2)", "xs += [1]",
    "xs.insert(0, total)", "print(tuple(xs))", "print(isinstance(xs, list))", "print(hash(tuple(xs)))", "print(repr(xs))",
    "print(*xs)", "print(f'{xs}')", "print(list(map(str, xs)))", "print(xs.index(total))", "xs.clear()", "seen.append(xs)",
    "print(any(xs), all(xs))", "print(json.dumps(xs))", "print(list(enumerate(xs)))", "xs[0:1] = [5]", "print(give(xs))",
    "a, *b = xs", "print(xs.copy())", "xs.append(xs[0])", "return xs", "print(list(reversed(xs)))", "lambda: xs",
)  # fmt: skip


@st.composite
def lists_of_numbers(draw: Any) -> tuple[str, Change]:
    """A function with a list of floats, or ints, and what it may do with it."""
    value, change = draw(st.sampled_from([("i / 2", floats), ("i * 3", ints)]))
    total = "2.5" if change is floats else "4"
    made = draw(
        one(
            f"xs = [{value} for i in range(6)]  # here",
            f"xs = []\nfor i in range(6):\n    xs.append({value})  # here",
        )
    )
    uses = draw(st.lists(USES, min_size=1, max_size=3))
    body = "\n".join([f"total, seen = {total}, []", made, *(each.replace("7", "7.0" if change is floats else "7").replace(
        "[5]", "[5.0]" if change is floats else "[5]") for each in uses), "print(seen)"])  # fmt: skip
    inner = "\n".join(f"    {line}" for line in body.splitlines())
    head = "import json\ndef give(x): return type(x).__name__\n"
    call = "try:\n    print(run())\nexcept Exception as e:\n    print(type(e).__name__)\n"
    return f"{head}def run():\n{inner}\n{call}", change


def test_arrays_of_numbers_do_what_lists_did(tmp_path: Path) -> None:
    changes = []

    @SETTINGS
    @given(lists_of_numbers())
    def is_alike(made: tuple[str, Change]) -> None:
        text, change = made
        try:
            compile(text, "x.py", "exec")
        except SyntaxError:
            return
        after = changed(text, change)
        changes.append(bool(after))
        assert not after or ran(after, tmp_path) == ran(text, tmp_path), (
            f"{text}\n--- became ---\n{after}"
        )

    is_alike()
    assert sum(changes) >= 3


@pytest.mark.parametrize("text", ["a-1", "", "é" * 5, "x" * 5000])
def test_interned_texts_are_equal(text: str, tmp_path: Path) -> None:
    before = (
        f"kept = []\nfor i in range(3):\n    kept.append({text!r}.strip())  # here\nprint(kept)\n"
    )
    after = changed(before, at_line.interned)
    assert after and ran(after, tmp_path) == ran(before, tmp_path)
