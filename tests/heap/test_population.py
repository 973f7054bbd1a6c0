"""Sizes of populations, type by type, beside what the allocators themselves gave out for them."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from heapwise.analyze.paths import why
from heapwise.model.snapshot import Snapshot

COUNT = 4000
"""So many that what comes from free lists, and is in no allocator's count, does not matter."""
PROGRAM = """
import array, collections, ctypes, dataclasses, datetime, decimal, fractions, functools, io, itertools
import json, pathlib, re, struct, sys, threading, types, uuid, weakref
import heapwise
from heapwise.capture.core import native

class Plain:
    def __init__(self, i): self.number, self.other = i, None
class Late:
    def __init__(self, i): self.number = i
class Slotted:
    __slots__ = ("left", "right")
    def __init__(self, i): self.left = self.right = None
class Weakly:
    __slots__ = ("left", "__weakref__")
class Sub(dict): pass
class Text(str): pass
@dataclasses.dataclass(slots=True)
class Data:
    a: object = None
    b: object = None
Point = collections.namedtuple("Point", "x y")
class Pair(tuple): pass
class Number(int): pass
class Bytes(bytes): pass
def late(i):
    made = Late(None); made.later = None; made.more = None
    return made
def opened(i):
    made = Plain(None); made.__dict__
    return made
def many(i):
    made = Late(None)
    for name in names: setattr(made, name, None)
    return made
names = [sys.intern("attribute%d" % i) for i in range(40)]
def steps(x):
    local = x
    yield local
def started(i):
    made = steps(None); next(made)
    return made
async def coroutine(x): return x
def closure(i): return lambda: i
def aware(i): return datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(0, i)))
def gathered(i):
    text = io.StringIO()
    for n in range(20): text.write(f"{i} {n} " * 9)
    return text
def failed(i):
    try: raise ValueError("no", None)
    except ValueError as error: return error.with_traceback(None)
def traced(i):
    try: raise KeyError(None)
    except KeyError as error: return error
def grown(i):
    made = []
    for _ in range(5): made.append(None)
    return made
def emptied(i):
    made = dict.fromkeys(range(20)); made.clear(); made["k"] = None
    return made
pattern = re.compile("(a)(b)?")
POPULATIONS = {
    "plain": Plain, "late attributes": late, "slots": Slotted, "weakly": lambda i: Weakly(),
    "opened dict": opened, "forty attributes": many, "data class": lambda i: Data(), "namedtuple": lambda i: Point(None, None),
    "tuple subclass": lambda i: Pair((None, True)), "int subclass": lambda i: Number(i + 10**6), "bytes subclass": lambda i: Bytes(b"abc"),
    "dict": lambda i: {"a": None, "b": None}, "dict of 20": lambda i: dict.fromkeys(range(20)), "dict subclass": lambda i: Sub(a=None),
    "emptied dict": emptied, "empty dict": lambda i: {}, "list": lambda i: [None] * 3, "empty list": lambda i: [], "grown list": grown,
    "long list": lambda i: [None] * 200, "tuple": lambda i: (None, i) , "set": lambda i: {None, True}, "set of 20": lambda i: set(range(20)),
    "frozenset": lambda i: frozenset((None, i % 7)), "str": lambda i: "text-%d" % (i + 10**6), "wide str": lambda i: "\\u0416%d" % (i + 10**6),
    "widest str": lambda i: "\\U0001f600%d" % (i + 10**6), "str subclass": lambda i: Text("abc"), "long str": lambda i: "x" * 1000 + str(i),
    "bytes": lambda i: b"%d" % (i + 10**6), "bytearray": lambda i: bytearray(100), "bytearray, appended": lambda i: bytearray(b"x") + bytearray(40),
    "int": lambda i: i + 10**6, "big int": lambda i: 10**40 + i, "float": lambda i: i + 0.5, "complex": lambda i: complex(i, 1),
    "deque": lambda i: collections.deque((None,)), "long deque": lambda i: collections.deque([None] * 200),
    "defaultdict": lambda i: collections.defaultdict(int, a=None), "Counter": lambda i: collections.Counter("ab"),
    "OrderedDict": lambda i: collections.OrderedDict.fromkeys("abc"), "long OrderedDict": lambda i: collections.OrderedDict.fromkeys(range(40)),
    "array": lambda i: array.array("q", range(10)), "range": lambda i: range(i + 300), "slice": lambda i: slice(None, None, True),
    "function": closure, "partial": lambda i: functools.partial(int, None), "bound method": lambda i: one.items, "generator": started,
    "created generator": lambda i: steps(None), "coroutine": lambda i: coroutine(None), "exception": failed, "exception with traceback": traced,
    "weak reference": lambda i: weakref.ref(owner, print), "datetime": lambda i: datetime.datetime(2020, 1, 1), "aware datetime": aware, "aware time": lambda i: aware(i).timetz(), "timedelta": lambda i: datetime.timedelta(1, i),
    "Decimal": lambda i: decimal.Decimal(i) / 7, "Fraction": lambda i: fractions.Fraction(1, 3), "match": lambda i: pattern.match("ab"),
    "gathered StringIO": gathered, "StringIO": lambda i: io.StringIO(), "written StringIO": lambda i: io.StringIO("x" * 300), "BytesIO": lambda i: io.BytesIO(b"%d" % i * 50),
    "ctypes": lambda i: ctypes.c_long(i), "ctypes array": lambda i: (ctypes.c_char * 100)(), "path": lambda i: pathlib.PurePosixPath("a/b"),
    "lock": lambda i: threading.Lock(), "chain": lambda i: itertools.chain(), "zip": lambda i: zip((), ()), "map": lambda i: map(int, ()),
    "property": lambda i: property(closure), "mappingproxy": lambda i: types.MappingProxyType(one), "memoryview": lambda i: memoryview(b"abc"),
    "SimpleNamespace": lambda i: types.SimpleNamespace(a=None), "uuid": lambda i: uuid.UUID(int=i), "Struct": lambda i: struct.Struct("<qq"),
    "cell": lambda i: types.CellType(None), "lru_cache": lambda i: functools.lru_cache(maxsize=2)(closure),
}
one, owner = {}, Plain(None)
def block_bytes(size): return (size + 15) // 16 * 16 if size <= 512 else (size + 23) // 16 * 16
ARENA_MAP_BYTES = 8 << 14  # pymalloc's map of arenas takes a node more when one lies far from the others
def held():
    pairs = memoryview(native().live_blocks()).cast("Q")
    sizes = collections.Counter(pairs[1::2])
    return sum(block_bytes(size) * count for size, count in sizes.items() if size != ARENA_MAP_BYTES)
here, count = sys.argv[1], int(sys.argv[2])
truth = {}
with heapwise.record():
    for name, make in POPULATIONS.items():
        made = [make(i) for i in range(20)]  # warm: shared keys, caches
        if name == "coroutine": [each.close() for each in made]
        items = [None] * count
        before = held()
        for i in range(count): items[i] = make(i)
        truth[name] = held() - before
        globals()[f"population_{len(truth)}"] = items
        del made, items
    heapwise.snapshot(here + "/p.hw")
for each in globals()[f"population_{list(truth).index('coroutine') + 1}"]: each.close()
print(json.dumps(truth))
"""


@pytest.fixture(scope="module")
def populations(tmp_path_factory: pytest.TempPathFactory) -> tuple[Snapshot, dict[str, int]]:
    place = tmp_path_factory.mktemp("population")
    (place / "program.py").write_text(PROGRAM)
    done = subprocess.run(
        [sys.executable, place / "program.py", place, str(COUNT)],
        check=True, timeout=300, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return Snapshot.open(place / "p.hw"), json.loads(done.stdout)


def test_sizes_are_what_the_allocators_gave_out(
    populations: tuple[Snapshot, dict[str, int]],
) -> None:
    snapshot, truth = populations
    wrong = {}
    for number, (name, given) in enumerate(truth.items(), 1):
        list_bytes = 8 * COUNT + 56
        answer = why(snapshot, f"__main__.population_{number}")
        assert answer.count == 1, [path.expression for path in answer.paths]
        told = answer.retained_bytes - list_bytes
        if abs(told - given) > max(0.02 * given, 2 * COUNT):
            wrong[name] = (given / COUNT, told / COUNT)
    assert not wrong, repr(wrong)
