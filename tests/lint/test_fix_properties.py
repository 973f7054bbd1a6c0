"""Changes of the rules in programs put together at random around what each rule looks for: whatever is changed, the
program writes the same, gives the same, and fails the same."""

from __future__ import annotations

import io
import os
import re
import sqlite3
import textwrap
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from heapwise import lint
from heapwise.lint.mending import mended

EXAMPLES = int(os.environ.get("HEAPWISE_FIX_EXAMPLES", "25"))
SETTINGS = settings(
    max_examples=EXAMPLES, deadline=None, database=None, derandomize="HEAPWISE_FIX_EXAMPLES" not in os.environ,
    phases=[Phase.generate, Phase.shrink], suppress_health_check=[*HealthCheck],
)  # fmt: skip
Draw = Callable[[st.SearchStrategy[Any]], Any]


def ran(text: str, place: Path) -> tuple[str, str, dict[str, bytes]]:
    """(what the program writes, how it fails, the files that it leaves)."""
    for old in place.iterdir():
        old.unlink()
    (place / "text").write_bytes(b"one\ntwo\x0cpart\r\n\nthree\x1cend\n" * 3)
    (place / "last").write_bytes(b"no\x85end\nat all")
    (place / "fine").write_bytes(b"5")
    (place / "more").write_bytes(b"[6]\n")
    (place / "broken").write_bytes(b"fine\n" * 3 + b"\xff\xfe\n")
    told, failed = io.StringIO(), ""
    connection = sqlite3.connect(":memory:")
    connection.execute("create table t (n)")
    connection.executemany("insert into t values (?)", [(i,) for i in range(5)])
    names: dict[str, Any] = {
        "__name__": "__main__", "place": str(place), "connection": connection, "cursor": connection.cursor(),
    }  # fmt: skip
    with redirect_stdout(told):
        try:
            exec(compile(text, "x.py", "exec"), names)
        except Exception as error:
            failed = f"{type(error).__name__}: {error}"
    names.clear()
    connection.close()
    said = re.sub("0x[0-9a-f]+", "0x", told.getvalue())  # addresses
    return said, failed, {p.name: p.read_bytes() for p in sorted(place.iterdir())}


def alike(text: str, place: Path, *codes: str) -> bool:
    """Whether something was changed; AssertionError when it is seen from outside."""
    try:
        compile(text, "x.py", "exec")
    except SyntaxError:
        return False
    hits = lint.check_text("x.py", text, set(codes), sized=True)
    changed, count = mended(text, [edit for hit in hits for edit in hit.edits])
    if not count:
        return False
    before, after = ran(text, place), ran(changed, place)
    assert after == before, f"{text}\n--- became ---\n{changed}"
    return True


def one(*texts: str) -> st.SearchStrategy[str]:
    return st.sampled_from(texts)


PRELUDE = """
import contextlib
DATA = [3, 1, 2]
EXTRA = 10
def note(x): print("note", x); return x
def boom(x):
    if x == 2: raise ValueError("two")
    return x
def grow(x): DATA.append(len(DATA)) if len(DATA) < 9 else None; return x
def more(x):
    global EXTRA
    EXTRA += 1
    return x + EXTRA
def twice(x): return x * 2
def half(x):
    y = 6 / (x - 2)
    return y
class Item:
    def __init__(self, x): self.x = x
    def __repr__(self): return f"Item({self.x})"
class Loud:
    def __init__(self, x): print("made", x); self.x = x
class Steps:
    def __init__(self, n): self.n = n
    def __iter__(self):
        for i in range(self.n):
            print("step", i)
            yield i
"""
ITERABLES = one(
    "xs", "xs", "range(4)", "DATA", "iter(xs)", "shared", "sorted(xs)", "reversed(xs)", "{1: 2, 3: 4}", "Steps(3)",
    "(x + 1 for x in xs)", "'abc'", "None", "[0, 'a', None]", "map(note, xs)", "d", "d.values()", "list(xs)", "zip(xs)",
    "enumerate(xs)", "set(xs)", "filter(None, xs)",
)  # fmt: skip
WORK = one(
    "x", "x * 2", "note(x)", "boom(x)", "6 / (x - 2)", "(x, y)", "x + y", "len(xs)", "grow(x)", "more(x)", "lambda: x",
    "next(shared)", "xs.pop()", "d[x]", "str(x)", "[x]", "(i + x for i in xs)", "[i for i in xs if i != x]", "twice(x)",
    "half(x)", "Item(x)", "Loud(x)", "f'{x}'", "x is None", "x if x else y", "r", "not x", "d.get(x)", "int(str(x))",
    "{x: y}", "print(x)", "x.upper()", "EXTRA + x", "sum(i for i in xs)", "sum([x, y])", "d.setdefault(x, y)", "x == y",
    "bytes(3)", "str(x).strip()", "min(x, y)", "x and y", "-x", "twice(half(x))", "sorted(xs)[x]",
)  # fmt: skip
FILTERS = one(
    "",
    "",
    "",
    " if x",
    " if note(x)",
    " if x != 1",
    " for z in range(2)",
    " for z in note([x])",
    " if boom(x)",
)
BODY = one(
    "print(r)", "total += 1", "total = r", "xs.append(1) if len(xs) < 9 else None", "y = r", "break", "return total",
    "continue", "raise KeyError('stop')", "note(r)", "grow(r)", "more(1)", "d[total] = total", "del xs[0]", "seen.append(1)",
    "seen.append(r)", "total += r", "DATA.append(5) if len(DATA) < 9 else None", "print(total, end=' ')", "assert r",
    "shared = iter([7])", "print(next(shared, 'end'))", "EXTRA = 5", "x = r", "total += 1 / r", "print(r())", "pass",
    "if r: break", "if r: total += 1", "xs = []", "yield r", "total = total and r", "seen[0:] = [total]", "print(len(xs))",
    "same.append(1) if len(same) < 9 else None", "try:\n    total += 1\nexcept ValueError:\n    print('caught')",
)  # fmt: skip
TARGETS = one("r", "r", "r", "y", "r, q", "x", "d[0]", "EXTRA", "xs", "[r, *q]")
USES = one(
    "for", "for", "for", "for", "return sum(rows)", "return max(rows)", "return min(rows)", "return any(rows)",
    "return all(rows)", "return [r for r in rows]", "return [note(r) for r in rows]", "return [r * y for r in rows if r]",
    "return {str(r): 1 for r in rows}", "return sum(1 for r in rows)", "return any(r for r in rows)",
    "return sum(boom(r) for r in rows)", "return [(y := r) for r in rows]", "print(sum(rows))", "return sum(note(r) for r in rows)",
    "total = [1 / r for r in rows]", "return len(rows), sum(rows)", "return next(iter(rows))", "return rows[0]",
    "for else", "return sum(rows, 1)", "return max(rows, default=0)", "return (r for r in rows)", "return ''.join(rows)",
)  # fmt: skip
GUARDS = one(
    "{}", "{}", "{}", "try:\n{}\nexcept Exception as e:\n    print('guard', type(e).__name__, total)",
    "with contextlib.suppress(Exception):\n{}\nprint(total)", "try:\n{}\nfinally:\n    print('end', total)",
    "for turn in range(2):\n{}", "if total == 0:\n{}", "while total < 1:\n{}\n    total += 1",
)  # fmt: skip
HEADS = one("", "", "", "sum = max", "list = tuple", "print = print", "str = repr")
AFTER = one(
    "print(xs, DATA)",
    "print(list(shared))",
    "print(y, total)",
    "print(EXTRA)",
    "print(d)",
    "return total",
)


def nested(pattern: str, inner: str) -> str:
    if pattern == "{}":
        return inner
    return pattern.replace("{}", textwrap.indent(inner, "    "))


@st.composite
def lists_read_once(draw: Draw) -> str:
    """A list that is built, and used by what may follow it."""
    work, items, kept = draw(WORK), draw(ITERABLES), draw(FILTERS)
    made = f"{work} for x in {items}{kept}"
    first = f"rows = [{made}]" if draw(st.booleans()) else f"rows = list({made})"
    use = draw(USES)
    if use.startswith("for"):
        body = textwrap.indent("\n".join(draw(st.lists(BODY, min_size=1, max_size=2))), "    ")
        last = use.removeprefix("for ") == "else"
        use = f"for {draw(TARGETS)} in rows:\n{body}" + ("\nelse:\n    print('else')" * last)
    inner = nested(draw(GUARDS), f"{first}\n{use}")
    outer = draw(one("", "", "global EXTRA", "global y"))
    lines = [outer, "total, seen, same = 0, [], xs", "y = 1" if outer != "global y" else "", inner]
    return _called(draw, "\n".join([*lines, draw(AFTER)]))


@st.composite
def scripts(draw: Draw) -> str:
    """The same at the top of a script, which can give nothing back."""
    head, _, rest = draw(lists_read_once()).partition("def run(xs, shared, d):\n")
    body = textwrap.dedent("\n".join(line for line in rest.splitlines() if line.startswith("    ")))
    given = draw(one("[3, 1, 2]", "[1, 2, 3]", "[0, 1]", "[]", "[1, None]", "['a', 'b']", "(5, 4)"))
    body = re.sub(r"\breturn (.*)", r"print(\1)", body)
    return f"{head}xs, shared, d, y = {given}, iter([1, 2, 3]), {{1: 5}}, 1\n{body}\nprint(total)\n"


def _called(draw: Draw, body: str) -> str:
    given = draw(one("[3, 1, 2]", "[1, 2, 3]", "[0, 1]", "[]", "[1, None]", "['a', 'b']", "(5, 4)"))
    called = draw(one("print(run({}, iter([1, 2, 3]), {{1: 5}}))", "print(list(run({}, iter([1, 2, 3]), {{1: 5}}) or ()))",
                      "try: print(run({}, iter([1, 2, 3]), {{1: 5}}))\nexcept Exception as e: print('out', repr(e))"))  # fmt: skip
    function = f"def run(xs, shared, d):\n{textwrap.indent(body, '    ')}"
    return f"{PRELUDE}{draw(HEADS)}\n{function}\n{called.format(given)}\nprint(DATA, EXTRA, globals().get('y'))\n"


@st.composite
def functions_giving_lists(draw: Draw) -> str:
    """A function that gives a list, and what may call it."""
    work = draw(WORK).replace("shared", "iter(xs)")
    made = f"[{work} for x in {draw(ITERABLES).replace('shared', 'iter(xs)')}{draw(FILTERS)}]"
    before = draw(one("", "y = 1", "print('begun')", "y = note(1)", "xs = list(xs)", "xs.sort()"))
    kind = draw(one("", " -> list[int]", " -> list"))
    function = f"def made(xs, y=1, d={{1: 5}}){kind}:\n    {before or 'pass'}\n    return {made}\n"
    use = draw(USES).replace("rows", draw(one("made(xs)", "made(xs, y=2)", "made(DATA)")))
    if use.startswith("for"):
        body = textwrap.indent("\n".join(draw(st.lists(BODY, min_size=1, max_size=2))), "    ")
        use = f"for {draw(TARGETS)} in made({draw(one('xs', 'same', 'DATA', 'list(xs)'))}):\n{body}"
    inner = nested(draw(GUARDS), use)
    text = _called(
        draw, "\n".join(["total, seen, same, y = 0, [], xs, 1", inner, draw(AFTER)])
    ).replace("def run", f"{function}def run")
    top = draw(one("", "", "for y in made(DATA):\n    print(y)\n", "for EXTRA in made(DATA):\n    print(EXTRA)\n"))  # fmt: skip
    return text + top + "if __name__ == '__main__':\n    pass\n"


@st.composite
def functions_that_append(draw: Draw) -> str:
    """A function that fills a list in a loop, and what may call it."""
    text = draw(functions_giving_lists())
    head, _, rest = text.partition("    return [")
    rest = rest.partition("]\n")[2]
    kind, items = (
        draw(WORK).replace("shared", "iter(xs)"),
        draw(ITERABLES).replace("shared", "iter(xs)"),
    )
    steps = draw(st.lists(one("y = x", "z = half(x)", "x = twice(x)", "print('step', x)", "a, b = x, y", "xs = [1]", "y += 1",
                              "z = note(x)", "d[x] = y", "z = x * 2", "q = boom(x)"), max_size=2))  # fmt: skip
    append = (
        f"out.append({draw(one(kind, kind, 'x', 'z', 'x, y', '(x,' + chr(10) + '            y)'))})"
    )
    if draw(st.booleans()):
        append = f"if {draw(one('x', 'x != 1', 'note(x)', 'boom(x)'))}:\n    {append}" + draw(
            one("", "", "\nelse:\n    y = 2")
        )
    if draw(one(True, False, False)):
        append = f"for z in {draw(one('range(2)', '[x]', 'note([x])'))}:\n{textwrap.indent(append, '    ')}"
    body = textwrap.indent("\n".join([*steps, append]), "        ")
    after = draw(one("", "", "", "    print('end')\n", "    out.reverse()\n"))
    loop = f"    out = []\n    for x in {items}:\n{body}\n{after}    return out\n"
    return f"{head}{loop}{rest}"


@st.composite
def locals_that_live_on(draw: Draw) -> str:
    """Names whose objects are not needed to the end."""
    first = draw(one("raw = list(xs)", "raw = sorted(xs)", "raw = Item(xs)", "raw = [i for i in xs]", "raw = xs + [1]",
                     "raw = End()", "raw = open(place + '/text')", "raw = make(xs)"))  # fmt: skip
    second = draw(st.lists(one(
        "total = len(str(raw))", "same = raw", "kept = [raw]", "show = lambda: raw", "print(type(raw).__name__)",
        "total = sum(1 for _ in [raw])", "def inner(): return raw", "seen.append(raw)", "total = raw.__class__.__name__",
        "if total: print(raw)", "for i in [1]: total = str(type(raw))", "use(raw)", "print(1); total = bool(raw)",
        "it = (r for r in [raw])", "total = make(raw)", "try: total = bool(raw)\nfinally: print('f')", "del raw",
        "match [1]:\n    case raw: print(raw)", "bool(raw); print(2)", "raw = raw", "x = y = bool(raw)",
    ), min_size=1, max_size=3))  # fmt: skip
    rest = draw(st.lists(one(
        "print('work', total)", "more = list(range(3))", "print(sorted(locals()))", "print(kept, len(seen))",
        "print(show())", "total = use([1])", "raw = 5", "print(list(it))", "print(inner())", "print(same)",
    ), min_size=1, max_size=3))  # fmt: skip
    lines = [
        "total, seen, kept, it, same = 0, [], 0, [], 0",
        "show = inner = lambda: 0",
        first,
        *second,
        *rest,
    ]
    ends = draw(one("class End: pass", "class End:\n    def __del__(self): print('gone')",
                    "import weakref\nclass End: pass\nREFS = []", "class End:\n    def __repr__(self): return 'End'"))  # fmt: skip
    head = f"{ends}\ndef use(x): print('use'); return 1\ndef make(x): return x if isinstance(x, list) else [1]\n"
    return _called(draw, "\n".join(lines)).replace("def run", f"{head}def run")


@st.composite
def files_read(draw: Draw) -> str:
    """Files that are read whole, line by line, copied, and hashed."""
    name = draw(one("text", "last", "broken"))
    mode = draw(one("", "", ", 'rb'", ", 'r+'", ", newline=''", ", encoding='latin-1'"))
    read = draw(one("f.read().splitlines()", "f.read().split('\\n')", "f.read().split(b'\\n')", "f.readlines()",
                    "open(place + '/text').read().splitlines()", "f.read().splitlines(True)"))  # fmt: skip
    body = draw(one("print(repr(line))", "print(f.closed, line)", "print(f.tell())", "f.close(); print(line)", "break",
                    "print(f.readline())", "open(place + '/text', 'a').write('more')", "print(len(line))"))  # fmt: skip
    walk = draw(one(f"for line in {read}:\n        {body}", f"print(sum(1 for line in {read}))",
                    f"print([repr(line) for line in {read}])", f"print(max({read}))",
                    f"print([len(line) + f.tell() for line in {read}])"))  # fmt: skip
    before = draw(one("", "    f.readline()\n", "    f.read(2)\n"))
    copied = draw(one("w", "wb", "a", "ab", "x", "r+", "xb"))
    target = draw(one("copy", "copy", "text"))
    copies = f"with open(place + '/{name}'{mode}) as f, open(place + '/{target}', '{copied}') as out:\n{before}    out.write(f.read())\n"
    hashes = f"import hashlib\nwith open(place + '/{name}'{mode}) as f:\n{before}    print(hashlib.{draw(one('sha256', 'md5', 'blake2b'))}(f.read()).hexdigest())\n"
    return draw(
        one(
            f"with open(place + '/{name}'{mode}) as f:\n{before}    {walk}\n",
            copies,
            hashes,
            f"f = open(place + '/{name}'{mode})\n{walk.replace('        ', '    ')}\nf.close()\n",
        )
    )


@st.composite
def rows_fetched(draw: Draw) -> str:
    """Rows of a database that are all fetched."""
    body = draw(one("print(row)", "break", "bump()", "cursor.execute('select 1')", "total += row[0]", "raise KeyError(1)",
                    "connection.execute('delete from t')", "kept.append(row)", "gone(row)"))  # fmt: skip
    asked = draw(
        one(
            "cursor.execute('select n from t')", "connection.execute('select n from t where n > 1')"
        )
    )
    walk = draw(one(f"for row in {asked}.fetchall():\n    {body}", f"print(sum(n for n, in {asked}.fetchall()))",
                    f"print([gone(row) for row in {asked}.fetchall()])"))  # fmt: skip
    return (
        "total, kept = 0, []\ndef bump(): connection.execute('update t set n = n + 10')\n"
        "def gone(row):\n    cursor.execute('select 1')\n    return row\n"
        f"{walk}\nprint(total, kept, connection.execute('select * from t').fetchall())\n"
        "connection.execute('drop table t')\n"
    )


@st.composite
def classes_without_slots(draw: Draw) -> str:
    """Records made in bulk, with all that a class may have."""
    lines = draw(st.lists(one(
        '"""What it is."""', "x = 0", "x, y = 0, 1", "x: int", "x: int = 3", "count = 0", "for x in [1]: pass",
        "if True: x = 5", "import os as x", "def x(self): return 1", "def both(self): return self.a, self.x",
        "def later(self): self.late = 1; return self.late", "def __eq__(self, other): return self.x == other.x",
        "@property\n    def twice(self): return self.x * 2", "@classmethod\n    def of(cls, x): cls.seen = x; return cls(x)",
        "@staticmethod\n    def free(self): self.other = 1", "def become(self): self.__class__ = Other", "__hidden = 1",
        "def hide(self): self.__secret = 1; return self.__secret", "def drop(self): del self.x", "def __hash__(self): return 1",
        "def each(self):\n        for self.a in range(2): pass", "def __getstate__(self): return {'x': 1}",
    ), max_size=3))  # fmt: skip
    data = draw(st.booleans())
    head = draw(one("@dataclass", "@dataclass()", "@dataclass(order=True)", "@dataclass(frozen=True)", "@dataclass(slots=False)",
                    "@dataclass(eq=False)")) if data else ""  # fmt: skip
    init = ["x: int", draw(one("a: int = 1", "a: list = field(default_factory=list)"))] if data else [
        "def __init__(self, x): self.x = x; self.a = 1"]  # fmt: skip
    uses = draw(st.lists(one(
        "print(made[0].x, made[0].a)", "made[0].x = 7; print(made[0].x)", "made[0].extra = 1; print(made[0].extra)",
        "print(copy.copy(made[1]).x)", "print(copy.deepcopy(made[1]).x)", "print(pickle.loads(pickle.dumps(made[1])).x)",
        "print(len(pickle.dumps(made[1], 0)) > 0)", "print(hasattr(made[0], 'x'), hasattr(made[0], 'late'))", "print(Row.x)",
        "print(type(made[0]).a)", "print(made[0].__class__.x)", "print(made[0].__dict__)", "print(vars(made[0]))",
        "made[0].both = lambda: 5; print(made[0].both())", "made[0].__class__ = Other", "print(made[0] == made[0])",
        "class Sub(Row):\n    x = 9\nprint(Sub(1).x)", "class Sub(Row):\n    def __init__(self): self.z = 2\nprint(Sub().z)",
        "class Two(Row, Other): pass\nprint(Two(1).x)", "print(getattr(Row, 'x', None))", "del made[0].x; print(hasattr(made[0], 'x'))",
        "def patch(self): self.wide = 1\nRow.patch = patch\nmade[0].patch()\nprint(made[0].wide)", "print(Row.of(3).x, Row.seen)",
        "print(made[0].later())", "print(made[0].hide())", "print(made[0].both())", "print(hash(made[0]) == hash(made[0]))",
        "print(made[0].late)", "print(sorted(d for d in dir(made[0]) if d[0] != '_'))", "print(made[0].twice)", "Row.x = 5; print(made[0].x)",
        "print(made[0].count); Row.count += 1; print(Row.count, made[0].count)", "made[0].count += 1; print(made[0].count)",
        "import weakref; print(weakref.ref(made[0])() is made[0])", "print(made[0].seen)", "made[0].each(); print(made[0].a)",
        "made[0].become(); print(type(made[0]).__name__)", "Row.free(made[0])",
    ), min_size=1, max_size=3))  # fmt: skip
    doc = [each for each in lines if each.startswith('"""')]
    body = [*doc[:1], *init, *(each for each in lines if not each.startswith('"""'))]
    owner = f"{head}\nclass Row:\n" + "\n".join(f"    {each}" for each in body)
    top = "import copy, pickle, sys, types\nfrom dataclasses import dataclass, field\nsys.modules['__main__x'] = types.ModuleType('x')\n"
    return (
        f"{top}class Other:\n    pass\n{owner}\nmade = [Row(i) for i in map(int, '123')]\n"
        + "\n".join(uses)
        + "\n"
    )


@st.composite
def caches(draw: Draw) -> str:
    """Functions and methods behind a cache without a bound."""
    work = draw(one("return 2 * x", "return [x]", "print('asked', x)\n{}return x", "return text.split()", "return EXTRA + x",
                    "return (x, 1)", "return self.n * x", "y = [x]\n{}return y", "return Item(x)", "return len(str(x))",
                    "EVENTS.append(x)\n{}return x", "return f(x - 1) if x else 0", "yield x", "return super().__repr__() and x",
                    "raise ValueError(x)", "return next(COUNT)", "return x.upper()"))  # fmt: skip
    cached = draw(
        one("@functools.cache", "@functools.lru_cache(maxsize=None)", "@functools.lru_cache(None)")
    )
    given = draw(one("x", "x, text='a b'", "x, /", "x, *, y=1"))
    uses = draw(st.lists(one("print(a.f(3), b.f(3), a.f(4))", "a.f(1); print(a.f.cache_info())", "print(A.f(a, 2))",
                             "print(type(a).f(a, 2))", "print(B(2).f(3))", "print(a.f(1) is b.f(1))", "print(a.f(1) == b.f(1))",
                             "r = a.f(1)\nif isinstance(r, list): r.append(9)\nprint(b.f(1))", "print(list(map(a.f, [1, 1])))",
                             "EXTRA = 7; print(a.f(1), b.f(1))", "f = A.f; print(f(a, 1))"), min_size=1, max_size=3))  # fmt: skip
    method = f"class A:\n    def __init__(self, n): self.n = n\n    {cached}\n    def f(self, {given}):\n        {work.format('        ')}\n"
    method += draw(one("", "class B(A):\n    def f(self, x): return A.f(self, x)\n", "class B(A):\n    def f(self, x): return super().f(x)\n",
                       "class B(A): pass\n"))  # fmt: skip
    alone = f"{cached}\ndef f({given}):\n    {work.format('    ')}\n"
    plain = draw(one("print(f(3), f(3), f(2))", "print([f(i) for i in range(1100)][-1], f(0), f(0))", "f(1); print(f.cache_info())",
                     "for i in range(1100): f(i)\nprint(EVENTS[-3:], f(0))\nprint(len(EVENTS))", "print(f('a'), f('a') is f('a'))"))  # fmt: skip
    top = f"import functools, itertools{PRELUDE}EVENTS, COUNT = [], itertools.count()\n"
    if "self" not in work and "super" not in work and draw(st.booleans()):
        return f"{top}{alone}{plain}\n"
    return f"{top}{method}a, b = A(1), A(2)\n" + "\n".join(uses) + "\n"


@st.composite
def defaultdicts(draw: Draw) -> str:
    """Tests that read a defaultdict of the module, or of an object."""
    made = draw(one("list", "int", "set", "lambda: True", "lambda: 5", "dict", "str"))
    test = draw(one("D[k]", "not D[k]", "D[k] or k", "D[k] and k > 1", "-D[k] > -1", "D[k] == 0", "len(D[k]) > 0", "D[k] is None",
                    "1 in D[k]", "(D[k], 1)", "D[k][0]", "D[k, 1]", "D[k] + 1", "~D[k]"))  # fmt: skip
    uses = draw(st.lists(one("print(len(D))", "print(sorted(D))", "print(D.get(5))", "print(5 in D)", "print(dict(D))", "D[5]",
                             "print(D[6])", "del D[5]", "for k in D: print(k)", "print(D)", "D[7] = 1", "same = D; print(len(same))",
                             "print(D.pop(5, 'none'))", "D.clear()", "print([*D.items()])", "D[1] += D[2]"), max_size=3))  # fmt: skip
    way = draw(
        one(f"return 'yes' if {test} else 'no'", f"if {test}: return 1\n    return 0", f"return [i for i in [1] if {test}]",
            f"while {test}: break\n    return 3")
    )  # fmt: skip
    text = f"from collections import defaultdict\nD = defaultdict({made})\ndef has(k):\n    {way}\nprint(has(5), has(6))\n"
    text += "\n".join(uses) + "\nprint(has(5))\n"
    return text


@st.composite
def imports(draw: Draw) -> str:
    """Imports that one function uses, perhaps."""
    line = draw(one("import json", "import json as j", "from json import dumps", "import json, decimal", "import os.path",
                    "from math import (\n    sqrt,\n    floor)", "import json # why", "import json; x = 1", "from math import *"))  # fmt: skip
    uses = draw(st.lists(one("return json.dumps([x])", "return j.dumps(x)", "return dumps(x)", "return sqrt(x)", "json = 5; return json",
                             "global json; json = None", "return decimal.Decimal(x)", "return os.path.join('a', 'b')",
                             "return (lambda: json.dumps(x))()", "return [json.dumps(i) for i in [x]]", "return floor(x)",
                             "return sorted(globals())[:0] or json.dumps(x)", "yield json.dumps(x)", '"""Text."""; return json.dumps(x)',
                             "try: return json.dumps({object: 1})\n    except TypeError: return 0"), min_size=1, max_size=1))  # fmt: skip
    head = draw(
        one(
            "def f(x):\n    ",
            "def f(x): ",
            "async def f(x):\n    ",
            "class A:\n    @staticmethod\n    def f(x):\n        ",
            "def f(x, y=0):\n    ",
        )
    )
    body = uses[0].replace("\n    ", "\n" + " " * (8 if "class" in head else 4))
    last = draw(one("print(f(4))", "print(A.f(4))", "print(f(4), f(5))", "json = 3\nprint(f(4))", "print('json' in globals())",
                    "print(f(4), globals().get('json') is not None)", "def g(): return json\nprint(g().__name__)",
                    "import asyncio\nprint(asyncio.run(f(3)))", "print(list(f(3)))", "def f2(json): return json\nprint(f2(1), f(3))"))  # fmt: skip
    return f"{line}\n{head}{body}\n{last}\n"


@st.composite
def exceptions_kept(draw: Draw) -> str:
    """Handlers that keep what they caught."""
    keep = draw(one("ERRORS.append(e)", "ERRORS.append((1, e))", "BY[1] = e", "ERRORS.append(str(e))", "ERRORS.append(e); raise",
                    "ERRORS.append(e); print(e)", "ERRORS.append(e) or ERRORS.append(e)"))  # fmt: skip
    later = draw(st.lists(one("print(ERRORS)", "raise ERRORS[0]", "import traceback; print(len(traceback.extract_tb(ERRORS[0].__traceback__)))",
                              "print(ERRORS[0].__traceback__ is None)", "print(BY)", "print(ERRORS[0].__cause__)", "ERRORS.clear()",
                              "try: raise ERRORS[0]\nexcept Exception as again: print(again, again.__context__)",
                              "raise ExceptionGroup('all', ERRORS)"), min_size=1, max_size=2))  # fmt: skip
    return (
        f"ERRORS = []\nBY = {{}}\ndef go():\n    try: raise ValueError('no')\n    except ValueError as e:\n        {keep}\n"
        "go()\n" + "\n".join(later) + "\n"
    )


@st.composite
def few_of_all(draw: Draw) -> str:
    """The first few of what is sorted."""
    rows = draw(one("rows", "d.items()", "(r * 2 for r in rows)", "[len(str(r)) for r in rows]", "set(rows)", "iter(rows)", "'bca'"))  # fmt: skip
    more = draw(one("", ", key=lambda r: -hash(str(r)[-1:])", ", reverse=True", ", key=note, reverse=False", ", key=str", ", key=None",
                    ", key=boom", ", reverse=flag", ", **more"))  # fmt: skip
    part = draw(one("[:2]", "[:1]", "[:20]", "[:k]", "[:-1]", "[:0]", "[0:2]", "[:2:1]", "[:True]", "[: 3]"))  # fmt: skip
    given = draw(st.lists(st.integers(-3, 9), max_size=6))
    head = draw(one("", "", "sorted = list", "heapq = 5"))
    return (
        f"{PRELUDE}{head if head != 'sorted = list' else 'def sorted(x, **k): return list(x)'}\n"
        f"rows, d, k, flag, more = {given}, dict.fromkeys({given}, 1), 2, True, {{}}\nfound = sorted({rows}{more}){part}\n"
        "print(found, type(found).__name__, rows)\n"
    )


@st.composite
def views_kept(draw: Draw) -> str:
    """Parts of arrays that are kept."""
    made = draw(one("np.arange(9)", "np.zeros((3, 3))", "np.array(data, copy=False)", "np.array(data)", "np.asarray(data)",
                    "np.linspace(0, 1, 5, retstep=True)", "np.full(4, 'a')", "np.concatenate([data, data])", "data", "np.ones(0)"))  # fmt: skip
    part = draw(one("[:2]", "[1:3]", "[:-1]", "[:k]", "[::2]", "[:2, :1]", "[:9]"))
    kept = draw(one("self.head = {}", "parts.append({})", "self.head = {}.T", "d['a'] = {}"))
    after = draw(one("h.head[0] = 9; print(data)", "data[0] = 9; print(h.head, parts, d)", "print(h.head, parts, d)",
                     "print(type(h.head), len(parts))"))  # fmt: skip
    return (
        f"import numpy as np\ndata, parts, d, k = np.arange(5), [], {{}}, 2\nclass Head:\n    head = ()\n    def __init__(self):\n"
        f"        {kept.format(made + part)}\nh = Head()\n{after}\n"
    )


@st.composite
def lazy_collections(draw: Draw) -> str:
    """Collections that load everything when they are made."""
    work = draw(one("p.read_text()", "p.read_bytes()", "(p.name, p.read_text())", "p.read_text().upper()", "note(p.read_text())",
                    "boom(p.read_text())", "open(p).read()", "{p.name: p.read_text()}", "len(p.read_bytes())", "json.loads(p.read_text())"))  # fmt: skip
    init = draw(one(f"self.items = [{work} for p in paths]", f"self.items = []\n        for p in paths:\n            self.items.append({work})",
                    f"self.items = []\n        for p in paths:\n            print(p.name)\n            self.items.append({work})",
                    f"self.items = [{work} for p in paths]\n        self.n = len(self.items)"))  # fmt: skip
    getter = draw(
        one(
            "return self.items[i]",
            "return self.items[i - 1]",
            "x = self.items[i]\n        return x",
        )
    )
    uses = draw(st.lists(one("print(c[0])", "print(c[-1])", "print(c[0:1])", "print(len(c))", "print([*c])", "print(c.items)", "print(c[9])",
                             "c.items.append(1)", "print(c.n)"), min_size=1, max_size=2))  # fmt: skip
    return (
        f"import json, pathlib{PRELUDE}class C:\n    def __init__(self, paths):\n        {init}\n    def __len__(self): return len(self.items)\n"
        f"    def __getitem__(self, i):\n        {getter}\nc = C([pathlib.Path(place) / 'fine', pathlib.Path(place) / 'more'])\n"
        + "\n".join(uses) + "\n"
    )  # fmt: skip


CASES: dict[str, tuple[st.SearchStrategy[str], tuple[str, ...]]] = {
    "a list read once": (lists_read_once(), ("HW701",)),
    "a list read once by a script": (scripts(), ("HW701",)),
    "a function that gives a list": (functions_giving_lists(), ("HW702",)),
    "a function that appends": (functions_that_append(), ("HW702",)),
    "a local that lives on": (locals_that_live_on(), ("HW712",)),
    "files": (files_read(), ("HW703", "HW708")),
    "rows": (rows_fetched(), ("HW704",)),
    "slots": (classes_without_slots(), ("HW601",)),
    "caches": (caches(), ("HW501", "HW502")),
    "a defaultdict": (defaultdicts(), ("HW510",)),
    "imports": (imports(), ("HW711",)),
    "exceptions": (exceptions_kept(), ("HW507",)),
    "the first few": (few_of_all(), ("HW705",)),
    "views": (views_kept(), ("HW710",)),
    "lazy items": (lazy_collections(), ("HW709",)),
}


@pytest.mark.parametrize("name", CASES)
def test_whatever_is_changed_is_not_seen(name: str, tmp_path: Path) -> None:
    if name == "views":
        pytest.importorskip("numpy")
    programs, codes = CASES[name]
    changed = 0

    @SETTINGS
    @given(programs)
    def tried(text: str) -> None:
        nonlocal changed
        changed += alike(text, tmp_path, *codes)

    tried()
    if os.environ.get("HEAPWISE_FIX_EXAMPLES"):
        print(name, changed)
