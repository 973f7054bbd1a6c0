"""Which objects are equal, against Python's own comparison; and what arrays need, against NumPy's."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import heapwise
from heapwise.model.snapshot import Snapshot

np = pytest.importorskip("numpy")

TEXTS = """
import json, random, sys
import heapwise
source = random.Random(int(sys.argv[2]))
def value():
    kind = source.randrange(6)
    text = "".join(source.choices("ab\\u00e9\\u4e2d\\U0001F600", k=source.randrange(4)))
    number = source.randrange(-3, 3)
    if kind == 0: return text + "!"
    if kind == 1: return text.encode() + b"!"
    if kind == 2: return (text + "?", number)
    if kind == 3: return (number * 1000, float(number), None, True, text.encode() + b"?")
    if kind == 4: return (text + "?", str(number) + "?")
    return (number * 10**30, [])
kept = [value() for _ in range(3000)]
ids = [id(each) for each in kept]
with open(sys.argv[1] + ".json", "w") as file:
    json.dump([[at, type(each).__name__, repr(each)] for at, each in zip(ids, kept)], file)
heapwise.snapshot(sys.argv[1])
heapwise.snapshot(sys.argv[1] + ".place", in_place=True)
"""


@pytest.mark.parametrize("seed", range(4))
def test_equal_objects_are_those_that_python_finds_equal(tmp_path: Path, seed: int) -> None:
    script, path = tmp_path / "program.py", tmp_path / "x.hw"
    script.write_text(TEXTS)
    subprocess.run([sys.executable, script, path, str(seed)], check=True, timeout=120)
    snapshot = Snapshot.open(path)
    node_of = {address: node for node, address in enumerate(snapshot.nodes("address"))}
    same_as = dict(snapshot.copies)
    groups: dict[tuple[str, str], set[int]] = {}
    for address, kind, shown in json.loads((tmp_path / "x.hw.json").read_text()):
        groups.setdefault((kind, shown), set()).add(node_of[address])
    for (kind, shown), nodes in groups.items():
        firsts = {same_as.get(node, node) for node in nodes}
        if kind == "tuple" and ("0" * 30 in shown or "[]" in shown):
            assert firsts == nodes, "what is no plain value is not compared"
        else:
            assert len(firsts) == 1, (kind, shown)
    # And none is called equal that is not.
    value_of = {node: key for key, nodes in groups.items() for node in nodes}
    for node, key in value_of.items():
        first = same_as.get(node, node)
        assert value_of.get(first, key) == key
    assert not Snapshot.open(tmp_path / "x.hw.place").copies


ARRAYS = """
import sys
import numpy as np
import heapwise
n = 40_000
kept = {
    "int8": np.arange(n) % 100, "uint8": np.arange(n) % 256, "int16": np.arange(n) % 60_000 - 30_000,
    "int32": np.arange(n) * -50_000, "uint32": np.arange(n) * 100_000, "int64": np.arange(n) * 10**9,
    "uint64": np.full(n, 2**63, dtype=np.uint64) + np.arange(n, dtype=np.uint64),
    "float32": np.arange(n) / 4, "float64": np.arange(n) / 10, "nan": np.where(np.arange(n) % 2, np.nan, 0.5),
    "constant": np.full(n, 3.5), "zeros": np.where(np.arange(n) % 10, 0.0, 0.1),
    "fortran": np.asfortranarray((np.arange(n) % 100).reshape(200, -1)),
    "lazy": np.zeros(10_000_000), "view": (np.arange(n) % 100)[::2], "small": np.arange(100),
    "narrow": np.arange(8 * n, dtype=np.int8), "bools": np.zeros(8 * n, dtype=bool) | True,
    "times": np.arange(n).astype("datetime64[s]"), "complex": np.arange(n) * 1j,
    "swapped": (np.arange(n) % 100).astype(">i8"),
    "missing": np.where(np.arange(n) % 2, np.arange(n) % 200, np.nan), "all missing": np.full(n, np.nan),
    "missing of both signs": np.where(np.arange(n) % 3, np.arange(n) % 900 - 450, np.nan),
    "one-hot": np.eye(9, dtype=np.float32)[np.arange(n) % 9], "one-hot doubles": np.eye(5)[np.arange(n).reshape(8, -1) % 5],
    "one-hot bytes": np.eye(5, dtype=np.uint8)[np.arange(n) % 5], "ones by columns": np.eye(5)[:, np.arange(n) % 5].copy(),
    "two in a row": np.eye(9)[np.where(np.arange(n) == 7, 3, np.arange(n) % 9)] + np.eye(9)[[0]] * (np.arange(n) == 7)[:, None]
        - np.eye(9)[np.arange(n) % 9] * (np.arange(n) == 9)[:, None],
    "twos": np.eye(9, dtype=np.int16)[np.arange(n) % 9] * 2,
    "negative and missing": np.where(np.arange(n) % 3, -1 - np.arange(n) % 9, np.nan),
}
with open(sys.argv[1] + ".txt", "w") as file:
    for name, array in kept.items():
        file.write(f"{name},{id(array)}\\n")
heapwise.snapshot(sys.argv[1])
"""


def test_what_the_values_of_arrays_need(tmp_path: Path) -> None:
    script, path = tmp_path / "program.py", tmp_path / "x.hw"
    script.write_text(ARRAYS)
    subprocess.run([sys.executable, script, path], check=True, timeout=120)
    snapshot = Snapshot.open(path)
    node_of = {address: node for node, address in enumerate(snapshot.nodes("address"))}
    fits, constant, zeros, present, rows = {}, set(), {}, {}, {}
    for line in (tmp_path / "x.hw.txt").read_text().splitlines():
        name, address = line.split(",")
        node = node_of[int(address)]
        rows[name] = snapshot.fact("one_hot_rows", node)
        present[name] = snapshot.fact("present_bytes", node)
        fits[name] = snapshot.fact("fits_bytes", node)
        zeros[name] = snapshot.fact("zeros_count", node)
        if snapshot.fact("constant", node):
            constant.add(name)
    assert fits == {
        "int8": 1, "uint8": 1, "int16": 2, "int32": 4, "uint32": 4, "int64": 8, "uint64": 8, "float32": 4,
        "float64": 8, "nan": 4, "constant": 4, "zeros": 8, "fortran": 1, "lazy": 0, "view": 0, "small": 0,
        "narrow": 1, "bools": 0, "times": 0, "complex": 0, "swapped": 0,
        "missing": 4, "all missing": 4, "missing of both signs": 4, "negative and missing": 4,
        "one-hot": 0, "one-hot doubles": 1, "one-hot bytes": 1, "ones by columns": 1, "two in a row": 1, "twos": 1,
    }  # fmt: skip
    assert {name: size for name, size in present.items() if size} == {
        "missing": 1, "missing of both signs": 2, "negative and missing": 1,
    }  # fmt: skip
    assert {name: count for name, count in rows.items() if count} == {
        "one-hot": 40_000, "one-hot doubles": 40_000, "one-hot bytes": 40_000,
    }  # fmt: skip
    assert constant == {"constant"}
    assert zeros["zeros"] == 36_000


def test_nothing_of_the_texts_goes_into_the_file(tmp_path: Path) -> None:
    script, path = tmp_path / "program.py", tmp_path / "x.hw"
    script.write_text(
        "import sys, heapwise\nkept = ['secret-%d' % (i % 3) for i in range(100)]\n"
        "heapwise.snapshot(sys.argv[1])\n"
    )
    subprocess.run([sys.executable, script, path], check=True, timeout=60)
    assert b"secret-0" not in path.read_bytes()
    copies = Counter(of for _, of in Snapshot.open(path).copies)
    assert [count for count in copies.values() if count in (32, 33)].count(33) >= 1


BUILDING = """
import sys, time
import heapwise
def part(i, path):
    if i == 40:
        heapwise.snapshot(path)
    return bytearray(100_000)
def load(path):
    return [part(i, path) for i in range(60)]
def table(path):
    return {i: part(i, path) for i in range(60)}
with heapwise.record(sys.argv[1] + ".rec.hw"):
    load(sys.argv[1] + ".list")
    table(sys.argv[1] + ".dict")
"""


@pytest.mark.parametrize("kind", ["list", "dict"])
def test_what_is_being_built_is_held_by_the_function_that_builds_it(
    tmp_path: Path, kind: str
) -> None:
    script, path = tmp_path / "program.py", tmp_path / "x.hw"
    script.write_text(BUILDING)
    subprocess.run([sys.executable, script, path], check=True, timeout=60)
    snapshot = Snapshot.open(f"{path}.{kind}")
    large = [
        n for n in snapshot.of_type_exactly("bytearray") if snapshot.nodes("size_bytes")[n] > 90_000
    ]
    assert len(large) == 40
    for node in large:
        names = [snapshot.type_of(step.node) for step in snapshot.path_to(node)]
        assert names[-3:] == ["<frame>", kind, "bytearray"]


STALE = """
import numpy as np
def work():
    length = max(0, 0, 0, 0, 0, 0, 0, 0, 0, len(bytes(50_000)))  # it stays in a slot of the stack
    small = np.empty(20_000, "u1")  # in the same place
    large = bytearray(40_000_000)
    return length, small, len(large)
kept = work()
"""


def test_what_was_freed_is_not_seen_in_what_stands_there_now(tmp_path: Path) -> None:
    pytest.importorskip("numpy")
    script, path = tmp_path / "program.py", tmp_path / "x.hw"
    script.write_text(STALE)
    run = [sys.executable, "-m", "heapwise", "run", "-q", "--snapshot", "peak", "-o", path, script]
    subprocess.run(run, check=True, timeout=60)
    snapshot = Snapshot.open(tmp_path / "x.peak.snapshot.hw")
    sizes = snapshot.nodes("size_bytes")
    assert max(sizes[node] for node in snapshot.of_type_exactly("bytearray")) > 40_000_000
    assert not [
        node for node in snapshot.of_type_exactly("bytes") if 50_000 <= sizes[node] < 60_000
    ]


def test_whole_numbers_in_float64_are_integers(tmp_path: Path) -> None:
    np = pytest.importorskip("numpy")
    image = np.arange(100_000) % 200 * 1.0
    kept = [image, image + 0.5, image - 100.0, image * 0.1, np.where(image == 0, -0.0, image)]
    path = tmp_path / "a.hw"
    heapwise.snapshot(path)
    snapshot = Snapshot.open(path)
    fits = snapshot.facts["fits_bytes"]
    sizes = snapshot.nodes("size_bytes")
    own = [value for node, value in fits.items() if sizes[node] // 1000 == kept[0].nbytes // 1000]
    assert sorted(own) == [1, 1, 4, 4, 8]
