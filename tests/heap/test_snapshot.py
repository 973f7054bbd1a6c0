"""Snapshots of real programs: what is found, named, weighed; and what is left alone."""

from __future__ import annotations

import errno
import gc
import json
import os
import random
import subprocess
import sys
import weakref
from pathlib import Path

import pytest

from heapwise.analyze.paths import find, why
from heapwise.capture import snapshot as capture
from heapwise.errors import (
    CannotRecordError,
    DamagedFileError,
    HeapwiseError,
    NotASnapshotError,
)
from heapwise.model.heap_tables import NO_NODE, WEAK
from heapwise.model.snapshot import Snapshot
from tests.conftest import python

TRAVERSE_OFFSET = 184
"""Of tp_traverse in PyTypeObject: after a head of 24 bytes and 20 words."""

PROGRAM = """
import gc, sys, weakref, threading, collections, functools
import heapwise
class Plain:
    def __init__(self, i):
        self.number, self.name, self.tags = i, "name-%d" % i, [i]
class Slotted:
    __slots__ = ("left", "right")
    def __init__(self, i):
        self.left, self.right = str(i) * 3, (i, -i)
class Owner: pass
cache = {"k%d" % i: Plain(i) for i in range(500)}
slots = [Slotted(i) for i in range(300)]
numbered = {i: bytes(2000) for i in range(50)}
owner = Owner()
owner.child = Owner()
owner.child.payload = bytes(3_000_000)
weak = weakref.ref(owner.child)
queue = collections.deque(range(1000, 2000))
def make():
    big = bytearray(1_500_000)
    def inner(): return big
    return inner
closure = make()
def steps():
    held = bytes(700_000)
    yield len(held)
generator = steps(); next(generator)
def worker(ready, stop):
    of_thread = bytes(900_000)
    ready.set(); stop.wait()
    return of_thread
ready, stop = threading.Event(), threading.Event()
thread = threading.Thread(target=worker, args=(ready, stop)); thread.start(); ready.wait()
def main(path, how):
    local_only = bytes(5_000_000)
    heapwise.snapshot(path, in_place=how == "place")
    return len(local_only)
if "freeze" in sys.argv: gc.freeze()
main(sys.argv[1], sys.argv[2])
stop.set()
"""


def take(directory: Path, how: str = "fork", *more: str) -> Snapshot:
    script = directory / "program.py"
    script.write_text(PROGRAM)
    path = directory / f"{how}{len(more)}.hw"
    subprocess.run([sys.executable, str(script), str(path), how, *more], check=True, timeout=120)
    return Snapshot.open(path)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return take(tmp_path_factory.mktemp("heap"))


def expressions(snapshot: Snapshot, what: str) -> list[str]:
    return [path.expression for path in why(snapshot, what, most=20).paths]


@pytest.mark.parametrize(
    ("what", "expression", "size"),
    [
        ("__main__.owner.child.payload", "__main__.owner.child.payload", 3_000_000),
        ("bytes", "main(): local_only", 5_000_000),
        ("bytes", "worker(): of_thread", 900_000),
        ("bytes", "__main__.numbered[…]", 50 * 2033),
        ("bytearray", "__main__.closure.__closure__[0].cell_contents", 1_500_000),
        ("bytes", "__main__.generator local held", 700_000),
        ("__main__.Plain", "__main__.cache[…]", 500 * 150),
        ("__main__.Slotted", "__main__.slots[…]", 300 * 48),
    ],
)
def test_paths_are_in_the_words_of_the_program(
    snapshot: Snapshot, what: str, expression: str, size: int
) -> None:
    found = {path.expression: path for path in why(snapshot, what, most=50).paths}
    assert expression in found, list(found)
    assert found[expression].retained_bytes >= size


def test_counts_and_sizes_of_a_population(snapshot: Snapshot) -> None:
    rows = {row.type: row for row in snapshot.types}
    assert rows["__main__.Plain"].objects_count == 500
    assert rows["__main__.Slotted"].objects_count == 300
    assert rows["__main__.Slotted"].shallow_bytes == 300 * 48  # header of 16, object of 32
    assert rows["__main__.Owner"].objects_count == 2
    per_object = rows["__main__.Plain"].shallow_bytes / 500
    assert 80 <= per_object <= 120  # 96, 88, 96 bytes on 3.11, 3.12, 3.13, as traced
    assert rows["__main__.Plain"].unexplained_count == 0
    # Names, lists and their tables go with the objects; the small ints are shared.
    assert rows["__main__.Plain"].retained_bytes >= 500 * (per_object + 64 + 56 + 16) * 0.9


def test_all_that_is_there_is_reached(snapshot: Snapshot) -> None:
    assert NO_NODE not in list(snapshot.nodes("dominator"))[1:]


STALE = """
import gc, time
gc.disable()
def made():
    zero = one = two = three = four = five = None
    data = {f"n{n}": n for n in range(2000)}
    data["ring"] = data
def looks():
    big = bytearray(50_000_000)  # the stack of this frame has what the other left above
    if gc.isenabled():
        print(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, gc, 11, 12, 13, 14, 15, 16, 17, 18, 19)
    time.sleep(0.5)
made()
looks()
"""


def test_a_ring_whose_dict_a_stale_stack_shows_waits_for_the_collector(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(STALE)
    words = ["-m", "heapwise", "run", "-q", "--snapshot", "peak", "-o", "run.hw", "program.py"]
    subprocess.run([sys.executable, *words], cwd=tmp_path, check=True)
    snapshot = Snapshot.open(tmp_path / "run.peak.snapshot.hw")
    assert NO_NODE not in list(snapshot.nodes("dominator"))[1:]
    counts = snapshot.nodes("edges_count")
    [ring] = [node for node in snapshot.of_type_exactly("dict") if counts[node] == 2 * 2001]
    assert snapshot.path_to(ring)[0].name == "garbage"


def test_what_goes_if_it_goes(snapshot: Snapshot) -> None:
    answer = why(snapshot, "__main__.owner")
    assert answer.count == 1
    assert 3_000_000 <= answer.retained_bytes < 3_010_000  # the weak reference holds nothing
    both = snapshot.of_type("__main__.Owner")
    assert snapshot.retained_of(both) == answer.retained_bytes


def test_the_bound_of_what_goes_is_never_too_low(snapshot: Snapshot) -> None:
    retained, dice, least = snapshot.nodes("retained_bytes"), random.Random(7), 0
    for node in snapshot.of_type("__main__.Plain")[:50]:
        assert snapshot.retained_at_most([node]) == retained[node]
    large = sorted(range(len(snapshot)), key=lambda node: -retained[node])[:300]
    for turn in range(300):
        nodes = [*dice.sample(large, dice.randrange(1, 4)), dice.randrange(1, len(snapshot))]
        below = list(snapshot.children(dice.choice(large))) if turn % 2 else []
        nodes = (
            dice.sample(below, min(len(below), 3)) or nodes
        )  # of one that dominates them, or of any
        bound = snapshot.retained_at_most(nodes)
        assert snapshot.retained_of(nodes) <= bound
        least += bound < snapshot.figure("shallow_bytes") / 2
    assert least  # it tells something
    whole = snapshot.of_type("__main__.Plain")
    assert snapshot.retained_of(whole) <= snapshot.retained_at_most(whole)
    assert snapshot.retained_at_most([]) == 0


def references(snapshot: Snapshot) -> list[int]:
    """How many strong references to each node were found; groups of ours hold nothing."""
    groups = ("<root>", "<static types>", "<held by native code>", "<garbage>")
    targets, kinds = snapshot.edges("target"), snapshot.edges("kind")
    firsts, counts = snapshot.nodes("first_edge"), snapshot.nodes("edges_count")
    found = [0] * len(snapshot)
    for node in range(len(snapshot)):
        if snapshot.type_of(node) in groups:
            continue
        for edge in range(firsts[node], firsts[node] + counts[node]):
            found[targets[edge]] += kinds[edge] != WEAK
    return found


def test_nearly_every_reference_is_explained(snapshot: Snapshot) -> None:
    share = 1 - snapshot.unexplained_objects() / len(snapshot)
    assert share >= 0.995
    negative = [
        snapshot.type_of(node)
        for node, (count, edges) in enumerate(
            zip(snapshot.nodes("refcount"), references(snapshot), strict=True)
        )
        if count != 0xFFFFFFFF and edges > count and not snapshot.type_of(node).startswith("<")
    ]
    assert len(negative) <= len(snapshot) * 0.001, negative[:10]


def test_what_was_read_goes_as_soon_as_nobody_has_it(tmp_path: Path) -> None:
    read = take(tmp_path)
    assert read.type_names and read.namespaces and why(read, "Plain")
    gone = weakref.ref(read)
    gc.disable()
    try:
        del read
        assert gone() is None
    finally:
        gc.enable()


def test_in_place_and_frozen_heaps_give_the_same(snapshot: Snapshot, tmp_path: Path) -> None:
    ours = {
        row.type: row.objects_count for row in snapshot.types if row.type.startswith("__main__")
    }
    for other in (take(tmp_path, "place"), take(tmp_path, "fork", "freeze")):
        rows = {row.type: row for row in other.types}
        assert {name: rows[name].objects_count for name in ours} == ours
        assert abs(len(other) - len(snapshot)) <= 0.01 * len(snapshot)
        assert "__main__.owner.child.payload" in expressions(other, "__main__.owner.child.payload")


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    out = python(
        f"""
        import gc, heapwise, json, sys
        class Thing:
            def __init__(self): self.a = 1; self.b = 2
            def __repr__(self): raise SystemExit("user code ran")
            def __sizeof__(self): raise SystemExit("user code ran")
            def __del__(self): print("deleted")
            def __eq__(self, other): raise SystemExit("user code ran")
            __hash__ = object.__hash__
        things = [Thing() for _ in range(2000)]
        gc.collect()  # it empties free lists: what comes next fills them
        for how in (False, True, False, True):
            heapwise.snapshot({str(tmp_path / "a.hw")!r}, in_place=how)
        figures = []
        for how in (False, True):
            collections = [s["collections"] for s in gc.get_stats()]
            before = sys.getallocatedblocks()
            heapwise.snapshot({str(tmp_path / "a.hw")!r}, in_place=how)
            after = sys.getallocatedblocks()
            figures.append([after - before, [s["collections"] for s in gc.get_stats()] == collections])
        print(json.dumps(figures))
        things.clear()
        """
    )
    (forked, none), (placed, nothing) = json.loads(out.splitlines()[0])
    assert none and nothing
    assert abs(forked) <= 20 and abs(placed) <= 20  # against 2 000 dicts that others would make
    assert out.count("deleted") == 2000


def test_a_crash_of_the_walk_is_told_and_the_program_goes_on(tmp_path: Path) -> None:
    out = python(
        f"""
        import ctypes, gc, heapwise, os
        from heapwise.errors import CannotRecordError
        gc.disable()  # only the walk shall meet the broken slot
        class Broken:
            pass
        kept = Broken()
        # Make its traverse one that crashes: a pointer to nowhere in the type's slot.
        slot = ctypes.c_void_p.from_address(id(Broken) + {TRAVERSE_OFFSET})
        good = slot.value
        slot.value = 8
        try:
            heapwise.snapshot({str(tmp_path / "a.hw")!r})
        except CannotRecordError as error:
            print("told:", error)
        finally:
            slot.value = good
        print(os.path.exists({str(tmp_path / "a.hw")!r}), os.listdir({str(tmp_path)!r}))
        """
    )
    assert "told: the walk over the heap crashed" in out
    assert out.endswith("False []\n")


def test_children_and_signals_of_the_program_are_not_disturbed(tmp_path: Path) -> None:
    out = python(
        f"""
        import heapwise, os, signal
        signal.signal(signal.SIGCHLD, lambda *_: print("SIGCHLD"))
        heapwise.snapshot({str(tmp_path / "a.hw")!r})
        try:
            print(os.waitpid(-1, os.WNOHANG))
        except ChildProcessError:
            print("no children")
        """
    )
    assert out == "no children\n"


def test_deep_lists_do_not_matter(tmp_path: Path) -> None:
    python(
        f"""
        import heapwise
        chain = None
        for _ in range(300_000): chain = [chain]
        heapwise.snapshot({str(tmp_path / "a.hw")!r})
        while chain: chain = chain[0]
        """
    )
    snapshot = Snapshot.open(tmp_path / "a.hw")
    answer = why(snapshot, "__main__.chain")
    assert answer.retained_bytes >= 300_000 * 72


def test_numpy_owners_and_views(tmp_path: Path) -> None:
    pytest.importorskip("numpy")
    python(
        f"""
        import numpy as np, heapwise
        base = np.zeros(1_000_000)
        view = base[10:20]
        objects = np.array([bytes(1000) for _ in range(100)], dtype=object)
        heapwise.snapshot({str(tmp_path / "a.hw")!r})
        """
    )
    snapshot = Snapshot.open(tmp_path / "a.hw")
    assert why(snapshot, "__main__.base").retained_bytes >= 8_000_000
    (view,) = why(snapshot, "__main__.view", most=1).paths[:1]
    sizes = snapshot.nodes("size_bytes"), snapshot.nodes("foreign_bytes")
    assert sizes[0][view.example] < 300 and sizes[1][view.example] == 80
    assert any(
        path.expression == "__main__.objects[…]" for path in why(snapshot, "bytes", most=99).paths
    )


def command(*words: str | Path, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "heapwise", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done.stdout or done.stderr


def test_the_command_line(snapshot: Snapshot, tmp_path: Path) -> None:
    text = command("report", snapshot.path)
    assert "Types" in text and "main(): local_only" in text and "explained" in text
    document = json.loads(command("report", snapshot.path, "--json", "--limit", "0"))
    assert document["summary"]["objects_count"] == len(snapshot)
    assert {"type", "count", "shallow_bytes", "retained_bytes"} <= document["types"][0].keys()
    text = command("why", snapshot.path, "__main__.owner.child")
    assert "__main__.owner.child   (2.86 MiB" in text
    found = json.loads(command("why", snapshot.path, "Plain", "--json"))
    assert found["paths"][0]["expression"] == "__main__.cache[…]"
    assert {"type", "edge", "retained_bytes"} <= found["paths"][0]["steps"][0].keys()
    address = snapshot.nodes("address")[snapshot.of_type("__main__.Owner")[0]]
    assert "1 object" in command("why", snapshot.path, hex(address))
    assert "no object" in command("why", snapshot.path, "nothing.like.it", code=3)
    script = tmp_path / "program.py"
    script.write_text("kept = [bytes(1000) for _ in range(1000)]\n")
    command("run", "-q", "--snapshot", "end", "-o", tmp_path / "run.hw", script)
    ended = Snapshot.open(tmp_path / "run.snapshot.hw")
    assert any(p.expression == "__main__.kept[…]" for p in why(ended, "bytes").paths)
    assert sum(1 for site in ended.nodes("site") if site) > 1000  # joined to the recording
    assert "is no snapshot" in command("why", tmp_path / "run.hw", "x", code=2)


def test_damaged_files_give_clear_errors(snapshot: Snapshot, tmp_path: Path) -> None:
    whole = snapshot.path.read_bytes()
    for length in (0, 10, 100, len(whole) // 3, len(whole) - 40):
        path = tmp_path / "cut.hw"
        path.write_bytes(whole[:length])
        try:
            cut = Snapshot.open(path)
            cut.types  # noqa: B018 - what is whole may be read
        except HeapwiseError:
            continue
    changed = bytearray(whole)
    changed[len(whole) // 2] ^= 0xFF
    (tmp_path / "changed.hw").write_bytes(changed)
    with pytest.raises(DamagedFileError):
        Snapshot.open(tmp_path / "changed.hw").types  # noqa: B018
    with pytest.raises(NotASnapshotError):
        from heapwise import record

        with record(tmp_path / "r.hw"):
            pass
        Snapshot.open(tmp_path / "r.hw")


def test_paths_that_cannot_be_written(tmp_path: Path) -> None:
    import heapwise
    from heapwise.errors import NotWritableError

    with pytest.raises(NotWritableError):
        heapwise.snapshot(tmp_path / "missing" / "a.hw")
    if os.getuid() != 0:
        with pytest.raises(NotWritableError):
            heapwise.snapshot("/a.hw")


def test_retained_sizes_are_the_bytes_that_really_go(tmp_path: Path) -> None:
    went = int(
        python(
            f"""
            import gc, heapwise
            class Node:
                def __init__(self, i): self.i = i; self.data = bytes(300 + i); self.more = {{"x": [str(i)]}}
            class Holder: pass
            with heapwise.record() as rec:
                holder = Holder(); holder.nodes = [Node(i) for i in range(3000)]
                heapwise.snapshot({str(tmp_path / "a.hw")!r})
                gc.collect()
                before = rec.usage().in_use_bytes
                del holder.nodes
                gc.collect()
                print(before - rec.usage().in_use_bytes)
            """
        )
    )
    snapshot = Snapshot.open(tmp_path / "a.hw")
    # The recorder tells what was asked for; a snapshot what the allocators make of it, rounded up.
    assert went <= why(snapshot, "__main__.holder.nodes").retained_bytes < 1.05 * went


def test_snapshots_in_place_give_all_their_memory_back(tmp_path: Path) -> None:
    out = python(
        f"""
        import heapwise
        from heapwise.capture.core import native
        kept = [[str(i)] for i in range(50_000)]
        for _ in range(4):
            heapwise.snapshot({str(tmp_path / "a.hw")!r}, in_place=True)
            print(native().internals()["own_mapped_bytes"])
        """
    )
    mapped = out.split()
    assert len(mapped) == 4 and len(set(mapped[1:])) == 1


def test_garbage_and_what_only_native_code_holds(tmp_path: Path) -> None:
    python(
        f"""
        import ctypes, gc, heapwise
        gc.collect(); gc.disable()
        class Lost: pass
        class Held: pass
        lost = Lost(); lost.itself = lost; lost.payload = bytes(400_000)
        del lost
        held = Held(); held.payload = bytes(500_000)
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(held))  # a reference that no object has
        del held
        heapwise.snapshot({str(tmp_path / "a.hw")!r})
        """
    )
    snapshot = Snapshot.open(tmp_path / "a.hw")
    assert snapshot.figure("garbage_count") >= 1
    (lost,) = why(snapshot, "__main__.Lost", most=1).paths[:1]
    assert lost.root == "garbage" and lost.retained_bytes >= 400_000
    (held,) = why(snapshot, "__main__.Held", most=1).paths[:1]
    assert held.root == "native code" and held.retained_bytes >= 500_000


def test_what_roots_only_refer_to_weakly_is_not_reached_by_them(tmp_path: Path) -> None:
    """Nor what it leads to: rings that wait, and what only native code holds."""
    python(
        f"""
        import ctypes, gc, weakref, heapwise
        gc.collect(); gc.disable()
        class Lost: pass
        class Held: pass
        lost = Lost(); lost.itself = lost; lost.payload = [bytes(400_000)]
        held = Held(); held.payload = [bytes(500_000)]
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(held))  # a reference that no object has
        references = [weakref.ref(lost), weakref.WeakSet([lost, held]), weakref.ref(held)]
        del lost, held
        heapwise.snapshot({str(tmp_path / "a.hw")!r})
        """
    )
    snapshot = Snapshot.open(tmp_path / "a.hw")
    (lost,) = why(snapshot, "__main__.Lost", most=1).paths[:1]
    assert lost.root == "garbage" and lost.retained_bytes >= 400_000
    (held,) = why(snapshot, "__main__.Held", most=1).paths[:1]
    assert held.root == "native code" and held.retained_bytes >= 500_000
    parents, _ = snapshot.parents
    assert not [node for node in range(1, len(snapshot)) if parents[node] == NO_NODE]
    weak = [
        step
        for each in snapshot.of_type_exactly("weakref.ReferenceType")
        for step in snapshot.steps_from(each)
    ]
    assert {snapshot.type_of(step.node) for step in weak if step.kind == "weak"} >= {
        "__main__.Lost",
        "__main__.Held",
    }


def test_questions_in_sql(snapshot: Snapshot, tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    rows = json.loads(
        command(
            "query", snapshot.path, "--format", "json",
            "SELECT type, count(*) AS n, sum(size_bytes) AS bytes FROM objects "
            "WHERE type LIKE '__main__.%' GROUP BY type ORDER BY n DESC LIMIT 2",
        )
    )  # fmt: skip
    assert [(row["type"], row["n"]) for row in rows] == [
        ("__main__.Plain", 500),
        ("__main__.Slotted", 300),
    ]
    joined = command(
        "query", snapshot.path, "--format", "csv",
        "SELECT DISTINCT e.name FROM edges e JOIN objects o ON o.id = e.source "
        "WHERE o.type = '__main__.Plain' AND e.kind = 'attribute' ORDER BY 1",
    )  # fmt: skip
    assert joined.splitlines() == ["name", "name", "number", "tags"]
    out = tmp_path / "types.parquet"
    command("query", snapshot.path, "SELECT * FROM types", "--format", "parquet", "-o", out)
    assert out.stat().st_size > 100
    assert "the query fails" in command("query", snapshot.path, "SELECT nothing", code=2)
    assert "the query fails" in command(
        "query", snapshot.path, "SELECT * FROM read_csv('/etc/hosts')", code=2
    )


def test_what_grew_between_snapshots(tmp_path: Path) -> None:
    python(
        f"""
        import heapwise
        class Session:
            def __init__(self, i): self.number = i; self.data = bytes(1000)
        class Stable: pass
        registry = {{}}
        kept = [Stable() for _ in range(50)]
        goes = [bytes(5000) for _ in range(20)]
        def work(i):
            for j in range(100): registry["s%d-%d" % (i, j)] = Session(j)
        work(0)
        heapwise.snapshot({str(tmp_path / "a.hw")!r})
        del goes
        for i in range(1, 5): work(i)
        heapwise.snapshot({str(tmp_path / "b.hw")!r})
        """
    )
    a, b = tmp_path / "a.hw", tmp_path / "b.hw"
    document = json.loads(command("diff", a, b, "--json", "--limit", "0"))
    types = {row["type"]: row for row in document["types"]}
    assert types["__main__.Session"]["counts"] == [100, 500]
    assert types["__main__.Session"]["delta_count"] == types["__main__.Session"]["new_count"] == 400
    assert types["bytes"]["gone_count"] >= 10
    assert "__main__.Stable" not in types
    holders = {(row["holder"], row["type"]): row for row in document["new_holders"]}
    assert holders["__main__.registry[…]", "__main__.Session"]["new_count"] == 400
    assert holders["__main__.registry[…].data", "bytes"]["new_bytes"] >= 380 * 1033
    text = command("diff", a, b)
    assert "matched by address and type" in text and "+400" in text


def test_sizes_of_what_counts_its_items_elsewhere(tmp_path: Path) -> None:
    python(
        f"""
        import asyncio, collections, ctypes, heapwise, io, sys
        def steps():
            held = bytearray(10)
            yield held
        async def job(): pass
        async def many(): yield 1
        class L(list): pass
        class D: pass
        N = collections.namedtuple("N", "a b")
        generator = steps(); next(generator)
        fresh, coroutine, several = steps(), job(), many()
        try:
            raise ValueError
        except ValueError as error:
            kept = error
        buffer = io.BytesIO(); buffer.write(b"q" * 3_000_000)
        text = io.StringIO(); text.write("x" * 500_000); text.seek(10); text.write("y")
        gathered = io.StringIO()
        for n in range(500): gathered.write(f"{{n:05}}" * 200)
        native = ctypes.create_string_buffer(2_000_000)
        listed, named, queue = L([D()]), N(0, D()), collections.deque([0, 1, D()])
        setattr(D, "odd name", D())
        heapwise.snapshot({str(tmp_path / "a.hw")!r})
        coroutine.close()
        """
    )
    snapshot = Snapshot.open(tmp_path / "a.hw")
    assert snapshot.figure("shallow_bytes") < 200e6
    rows = {row.type: row for row in snapshot.types}
    for kind in ("generator", "coroutine", "async_generator"):
        assert 100 <= rows[kind].shallow_bytes / rows[kind].objects_count <= 600
    for name, size in (
        ("buffer", 3_000_000),
        ("text", 2_000_000),
        ("gathered", 500_000),
        ("native", 2_000_000),
    ):
        assert size <= why(snapshot, f"__main__.{name}").retained_bytes < 1.3 * size, name
    shown = {path.expression for path in why(snapshot, "__main__.D", most=20).paths}
    assert {"__main__.listed[0]", "__main__.named[1]", "__main__.queue[2]"} <= shown
    assert "__main__.D['odd name']" in shown


def test_deques_take_the_blocks_that_they_use_and_those_that_they_keep(tmp_path: Path) -> None:
    said = python(
        f"""
        import tracemalloc
        from collections import deque
        import heapwise
        def turned(times):
            one = deque(maxlen=3)
            for n in range(times): one.append(None)
            return one
        def emptied():
            one = deque([None] * 1000)
            while len(one) > 1: one.pop()
            return one
        def from_the_left():
            one = deque()
            for n in range(100): one.appendleft(None)
            return one
        class Own(deque): pass
        makers = [deque, lambda: Own([None] * 100), lambda: turned(3), lambda: turned(34), lambda: turned(200), emptied, from_the_left,
                  lambda: deque([None] * 1000)]
        tracemalloc.start(); kept, asked = [], []
        for make in makers:
            before = tracemalloc.get_traced_memory()[0]
            many = [make() for n in range(400)]
            asked.append((tracemalloc.get_traced_memory()[0] - before - many.__sizeof__()) / 400)
            kept.append(many)
        tracemalloc.stop()
        heapwise.snapshot({str(tmp_path / "a.hw")!r})
        print(asked)
        """
    )
    snapshot = Snapshot.open(tmp_path / "a.hw")
    sizes, slack = snapshot.nodes("size_bytes"), snapshot.nodes("slack_bytes")
    rows: list[list[int]] = []
    for row in snapshot.steps_from(next(iter(find(snapshot, "__main__.kept")))):
        if snapshot.type_of(row.node) == "list":
            rows.append([s.node for s in snapshot.steps_from(row.node) if s.kind == "index"])
    told = [sum(sizes[node] + slack[node] for node in row) / len(row) for row in rows]
    for size, true in zip(told, json.loads(said), strict=True):
        assert true <= size <= 1.05 * true, (told, said)  # the allocators round up
    spare = [sum(slack[node] for node in row) / len(row) for row in rows]
    assert [each > 500 for each in spare] == [False, False, False, False, True, True, False, False]


def test_the_memo_of_a_pickler_takes_its_table(tmp_path: Path) -> None:
    said = python(
        f"""
        import io, pickle, tracemalloc
        import heapwise
        class Nowhere(io.RawIOBase):
            def writable(self): return True
            def write(self, text): return len(text)
        kept = [str(n) + "-" for n in range(40_000)]
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        class Own(pickle.Pickler): pass
        pickler = Own(Nowhere(), 5)
        for each in kept: pickler.dump(each)
        print(tracemalloc.get_traced_memory()[0] - before)
        tracemalloc.stop()
        heapwise.snapshot({str(tmp_path / "a.hw")!r})
        """
    )
    snapshot = Snapshot.open(tmp_path / "a.hw")
    [pickler] = snapshot.of_type_exactly("__main__.Own")
    size = snapshot.nodes("size_bytes")[pickler]
    assert 0.98 * int(said) <= size <= 1.02 * int(said), (size, said)


def test_elements_of_trees_take_what_they_say(tmp_path: Path) -> None:
    said = python(
        f"""
        import heapwise, sys
        import xml.etree.ElementTree as ET
        leaf, few, many, named = ET.Element("a"), ET.Element("a"), ET.Element("a"), ET.Element("a", n="1")
        for n in range(3): ET.SubElement(few, "b")
        for n in range(100): ET.SubElement(many, "b")
        heapwise.snapshot({str(tmp_path / "a.hw")!r})
        print(*(sys.getsizeof(each) for each in (leaf, few, many, named)))
        """
    )
    snapshot = Snapshot.open(tmp_path / "a.hw")
    for name, size in zip(("leaf", "few", "many", "named"), map(int, said.split()), strict=True):
        [node] = find(snapshot, f"__main__.{name}")
        # The allocators give 16 bytes more at most for each of its three blocks.
        assert size <= snapshot.nodes("size_bytes")[node] <= size + 48, name


def test_only_our_own_files_are_overwritten(tmp_path: Path) -> None:
    import heapwise
    from heapwise.errors import NotWritableError

    mine = tmp_path / "mine.txt"
    mine.write_text("mine")
    link = tmp_path / "link.hw"
    link.symlink_to(tmp_path / "real.hw")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (mine, pipe, tmp_path):
        with pytest.raises(NotWritableError):
            heapwise.snapshot(path)
        with pytest.raises(NotWritableError), heapwise.record(path):
            pass
    assert mine.read_text() == "mine"
    for _ in range(2):
        assert heapwise.snapshot(link) == str(tmp_path / "real.hw")
    assert link.is_symlink()
    with pytest.raises(ValueError, match="null"):
        heapwise.snapshot("a\0b")


def test_a_snapshot_that_fails_at_the_end_costs_no_recording(tmp_path: Path) -> None:
    script = tmp_path / "program.py"
    script.write_text("kept = [bytes(1000) for _ in range(1000)]\n")
    (tmp_path / "run.snapshot.hw").write_text("not ours")
    done = subprocess.run(
        [sys.executable, "-m", "heapwise", "run", "-q", "--snapshot", "end", "--calls", "-o",
         str(tmp_path / "run.hw"), str(script)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0 and "is no file of Heapwise" in done.stderr
    from heapwise.model.recording import Recording

    recording = Recording.open(tmp_path / "run.hw")
    assert recording.summary.complete and recording.calls
    assert (tmp_path / "run.snapshot.hw").read_text() == "not ours"


def test_reports_of_snapshots_that_cannot_be_written(snapshot: Snapshot, tmp_path: Path) -> None:
    assert "cannot be written" in command(
        "report", snapshot.path, "-o", tmp_path, "--format", "json", code=2
    )
    assert "cannot be written" in command(
        "diff", snapshot.path, snapshot.path, "-o", tmp_path, code=2
    )


def test_a_tuple_that_is_half_built(tmp_path: Path) -> None:
    # tuple(generator) shows nobody its tuple; C code that fills one can be looked at meanwhile.
    python(
        f"""
        import ctypes, heapwise
        api = ctypes.pythonapi
        api.PyTuple_New.restype = ctypes.py_object
        halves = [api.PyTuple_New(5) for _ in range(100)]
        lists = (ctypes.c_void_p * 3)()
        def grow():
            for i in range(5):
                heapwise.snapshot({str(tmp_path / "a.hw")!r}, in_place=i % 2 == 0)
                yield i
        kept = tuple(grow())
        """
    )
    snapshot = Snapshot.open(tmp_path / "a.hw")
    assert why(snapshot, "__main__.halves").retained_bytes >= 100 * (24 + 40)


@pytest.mark.parametrize("how", ["forked", "in place"])
def test_snapshots_while_the_interpreter_dies(tmp_path: Path, how: str) -> None:
    out = python(
        f"""
        import atexit, heapwise, os, sys, threading, time
        from heapwise.capture.core import native
        class Last:
            def __init__(self, name):
                self.name, self.take, self.write = name, native().snapshot, os.write
            def __del__(self):  # of the modules of Python nothing may be left
                error, _ = self.take({str(tmp_path)!r} + "/" + self.name, b"{{}}", {how == "in place"})
                self.write(1, b"%s %d\\n" % (self.name.encode(), error))
        atexit.register(lambda: heapwise.snapshot({str(tmp_path / "atexit")!r}, in_place={how == "in place"}))
        ring = Last("ring"); ring.itself = ring
        kept = Last("module")
        sys.kept = Last("sys")
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
        """
    )
    refused = f" {errno.ESHUTDOWN}"
    assert sorted(out.splitlines()) == [name + refused for name in ("module", "ring", "sys")]
    assert len(Snapshot.open(tmp_path / "atexit")) > 1000
    assert sorted(os.listdir(tmp_path)) == ["atexit"]


def test_an_interpreter_that_ends_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Core:
        def snapshot(self, *_: object) -> tuple[int, int]:
            return errno.ESHUTDOWN, 0

    monkeypatch.setattr(capture, "native", Core)
    with pytest.raises(CannotRecordError, match="the interpreter is ending"):
        capture.snapshot(tmp_path / "a.hw")


@pytest.mark.parametrize("free_list", [True, False])
def test_a_list_that_is_being_built_is_held_by_who_builds_it(
    tmp_path: Path, free_list: bool
) -> None:
    # A list from the free list is in no block of the recording.
    python(
        f"""
        import heapwise
        def take(i):
            if i == 900: heapwise.snapshot({str(tmp_path / "a.hw")!r})
            return bytes(1000)
        def build():
            return [each for each in map(take, range(1000))]
        several = [[] for _ in range(200)]
        if {free_list}: del several
        with heapwise.record():
            build()
        """
    )
    found = {path.expression: path for path in why(Snapshot.open(tmp_path / "a.hw"), "list").paths}
    [name] = [name for name in found if "<being made>" in name]
    assert name.startswith(("build", "build.<locals>.<listcomp>"))
    assert found[name].retained_bytes > 900_000


def test_a_dict_of_plain_values_that_is_being_built_is_held_by_who_builds_it(
    tmp_path: Path,
) -> None:
    # The collector knows none whose keys and values are plain.
    python(
        f"""
        import heapwise
        def take(n):
            if n == 8900: heapwise.snapshot({str(tmp_path / "a.hw")!r})
            return n * 1000
        def build():
            return {{n: None for n in map(take, range(9000))}}
        with heapwise.record():
            build()
        """
    )
    found = {path.expression: path for path in why(Snapshot.open(tmp_path / "a.hw"), "dict").paths}
    [name] = [name for name in found if "<being made>" in name]
    assert name.startswith(("build", "build.<locals>.<dictcomp>"))
    assert found[name].retained_bytes > 400_000


def test_a_list_that_is_being_sorted_has_no_items_and_no_room(tmp_path: Path) -> None:
    path = tmp_path / "a.hw"
    python(
        f"""
        import heapwise
        texts = [str(n) for n in range(50_000)]
        asked = 0
        def key(text):
            global asked
            asked += 1
            if asked == 100: heapwise.snapshot({str(path)!r})
            return text
        texts.sort(key=key)
        """
    )
    snapshot = Snapshot.open(path)
    assert max(snapshot.nodes("slack_bytes")) < 1 << 20
    assert max(snapshot.nodes("size_bytes")) < 10 << 20


@pytest.mark.parametrize("key", ["f'key {n}'", "(n, -n)", "n * 10"])
def test_large_mappings_of_a_class_of_their_own_hold_each_value_once(
    key: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.hw"
    python(
        f"""
        import collections, heapwise
        class Table(dict):
            def __init__(self): self.first = self.second = None
        table, grouped = Table(), collections.defaultdict(list)
        ordered = collections.OrderedDict()
        for n in range(20_000):
            table[{key}] = None if n == 5_000 else [n]
            grouped[{key}].append(n)
            ordered[{key}] = [n]
        for n in range(0, 20_000, 2): ordered.move_to_end({key})
        heapwise.snapshot({str(path)!r})
        """
    )
    snapshot = Snapshot.open(path)
    for name in ("__main__.Table", "collections.defaultdict", "collections.OrderedDict"):
        node = max(snapshot.of_type_exactly(name), key=lambda n: snapshot.nodes("edges_count")[n])
        steps = snapshot.steps_from(node)
        held = [
            step for step in steps
            if step.kind in ("key", "int key", "item", "reference")
            and snapshot.type_of(step.node) == "list"
        ]  # fmt: skip
        assert len(held) == len({step.node for step in held}) >= 19_999
        assert [step.kind for step in steps].count(
            "reference"
        ) <= 1  # the factory of the defaultdict


def test_what_a_pool_has_just_touched_is_of_the_heap(tmp_path: Path) -> None:
    python(
        f"""
        import mmap, os
        import heapwise
        os.chdir({str(tmp_path)!r})
        with heapwise.record("run.hw"):
            pool = mmap.mmap(-1, 256 << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000)  # MAP_NORESERVE
            for size in (8, 24):
                pool[: size << 20] = bytes(size << 20)
                heapwise.snapshot(f"{{size}}.hw")
        """
    )
    before, after = (Snapshot.open(tmp_path / f"{size}.hw") for size in (8, 24))
    rise_bytes = after.figure("heap_bytes") - before.figure("heap_bytes")
    assert 16 << 20 <= rise_bytes <= 17 << 20
