"""What a snapshot knows beside edges: births, allocation lines, states, room that holds nothing, mappings."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from heapwise.model import heap_tables as model
from heapwise.model.snapshot import Snapshot

PROGRAM = """
import asyncio, functools, os, socket, sqlite3, sys, threading
import heapwise
here = sys.argv[1]
class Thing:
    def __init__(self, i): self.i = i
@functools.lru_cache(maxsize=None)
def cached(x): return [x]
for i in (1, 2, 1): cached(i)
bounded = functools.lru_cache(maxsize=7)(cached.__wrapped__)
def steps():
    yield 1
    yield 2
fresh, waiting, finished = steps(), steps(), steps()
next(waiting); list(finished)
ended = threading.Thread(target=int); ended.start(); ended.join()
unstarted = threading.Thread(target=int)
opened, closed = open(os.devnull), open(os.devnull)
closed.close()
plugged, unplugged = socket.socket(), socket.socket()
unplugged.close()
database, shut = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")
shut.close()
sparse = {i: None for i in range(100_000)}
for i in range(99_990): del sparse[i]
full = dict.fromkeys(range(100_000))
short = list(range(100_000))
del short[60_000:]
sparse_set = set(range(100_000))
for i in range(99_990): sparse_set.discard(i)
old = Thing(0)
with heapwise.record(here + "/r.hw"):
    first = [Thing(i) for i in range(100)]
    heapwise.snapshot(here + "/0.hw")
    second = [Thing(i) for i in range(50)]
    heapwise.snapshot(here + "/1.hw", in_place=True)
    third = [Thing(i) for i in range(25)]
    del first[:10]
    for i in range(2, 6): heapwise.snapshot(here + f"/{i}.hw")
text, number = "a value of the program's", 123456789
heapwise.snapshot(here + "/values.hw", values=True)
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("facts")
    (place / "program.py").write_text(PROGRAM)
    subprocess.run([sys.executable, place / "program.py", place], check=True, timeout=120)
    return place


def births(place: Path, number: int) -> Counter[int]:
    snapshot = Snapshot.open(place / f"{number}.hw")
    assert snapshot.figure("period") == number
    column = snapshot.nodes("birth")
    return Counter(column[node] for node in snapshot.of_type("Thing"))


def test_each_object_says_in_which_period_it_was_born(place: Path) -> None:
    assert births(place, 0) == {0: 1, 1: 100}  # 0: before the recording
    assert births(place, 1) == {0: 1, 1: 100, 2: 50}
    for number in (2, 3, 4, 5):
        assert births(place, number) == {0: 1, 1: 90, 2: 50, 3: 25}


def test_each_recorded_object_carries_the_line_that_made_it(place: Path) -> None:
    snapshot = Snapshot.open(place / "1.hw")
    lines = Counter(
        None if (frame := snapshot.allocated_at(node)) is None else frame.line
        for node in snapshot.of_type("Thing")
    )
    text = PROGRAM.splitlines()
    assert {text[line - 1].strip()[:6]: count for line, count in lines.items() if line} == {
        "first ": 100,
        "second": 50,
    }
    assert lines[None] == 1


def held(snapshot: Snapshot, name: str) -> int:
    [node] = [
        step.node
        for module, label in snapshot.labels.items()
        if label == "__main__" and snapshot.type_of(module) == "module"
        for namespace in snapshot.steps_from(module)
        for step in snapshot.steps_from(namespace.node)
        if step.name == name and step.kind == "key"
    ]
    return node


def below(snapshot: Snapshot, node: int, type_name: str) -> int:
    """The nearest object of a type, from a node on."""
    seen, queue = {node}, [node]
    for at in queue:
        if snapshot.type_of(at) == type_name:
            return at
        fresh = [step.node for step in snapshot.steps_from(at) if step.node not in seen]
        seen.update(fresh)
        queue += fresh
    raise AssertionError(type_name)


def test_states_are_read(place: Path) -> None:
    snapshot = Snapshot.open(place / "0.hw")
    state, fd, is_open = (snapshot.facts[name] for name in ("state", "fd", "open"))
    assert state[held(snapshot, "fresh")] == model.CREATED
    assert state[held(snapshot, "waiting")] == model.SUSPENDED
    assert state[held(snapshot, "finished")] == model.FINISHED
    assert state[held(snapshot, "ended")] == model.THREAD_ENDED
    assert state[held(snapshot, "unstarted")] == model.THREAD_CREATED
    [main] = snapshot.of_type("threading._MainThread")
    assert state[main] == model.THREAD_RUNNING
    assert fd[below(snapshot, held(snapshot, "opened"), "_io.FileIO")] > 2
    assert fd[below(snapshot, held(snapshot, "closed"), "_io.FileIO")] == -1
    assert fd[held(snapshot, "plugged")] > 2
    assert fd[held(snapshot, "unplugged")] == -1
    assert (is_open[held(snapshot, "database")], is_open[held(snapshot, "shut")]) == (1, 0)
    cache = held(snapshot, "cached")
    facts = {name: snapshot.facts[name][cache] for name in ("hits", "misses", "maxsize")}
    assert facts == {"hits": 1, "misses": 2, "maxsize": -1}
    assert snapshot.facts["maxsize"][held(snapshot, "bounded")] == 7


def test_room_that_holds_nothing_is_weighed(place: Path) -> None:
    snapshot = Snapshot.open(place / "0.hw")
    slack, size = snapshot.nodes("slack_bytes"), snapshot.nodes("size_bytes")
    for name in ("sparse", "sparse_set"):
        node = held(snapshot, name)
        assert slack[node] > 0.95 * size[node] > 1_000_000
    assert slack[held(snapshot, "full")] == 0
    short = held(snapshot, "short")
    assert slack[short] == pytest.approx(40_000 * 8, rel=0.15)


def test_the_mappings_add_up_to_the_resident_set(place: Path) -> None:
    snapshot = Snapshot.open(place / "0.hw")
    mapped = sum(mapping.rss_bytes for mapping in snapshot.mappings)
    assert mapped == pytest.approx(snapshot.figure("rss_bytes"), rel=0.02)
    assert any(mapping.name == "[heap]" for mapping in snapshot.mappings)
    assert any(mapping.flags & 4 and mapping.name.startswith("/") for mapping in snapshot.mappings)
    assert all(mapping.end > mapping.begin for mapping in snapshot.mappings)


def test_the_allocators_speak_for_themselves(place: Path) -> None:
    for name in ("0", "values"):  # while our hooks are on, and after
        snapshot = Snapshot.open(place / f"{name}.hw")
        assert "# bytes in allocated blocks" in snapshot.allocators_text
        later = sys.version_info >= (3, 13)  # they keep the function that tells it to themselves
        assert (" free dict * " if later else "PyDictObject") in snapshot.allocators_text
    assert snapshot.figure("malloc_used_bytes") > 100_000


def test_values_are_shown_only_when_they_are_asked_for(place: Path) -> None:
    assert b"a value of the program" not in (place / "5.hw").read_bytes().replace(
        PROGRAM.encode(), b""
    )
    with_values = Snapshot.open(place / "values.hw")
    assert with_values.labels[held(with_values, "text")] == "'a value of the program's'"
    assert with_values.labels[held(with_values, "number")] == "123456789"
