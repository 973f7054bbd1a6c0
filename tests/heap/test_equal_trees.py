"""Which trees of a real heap are equal, and what is told of them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from heapwise.analyze.trees import copied_trees
from heapwise.model.snapshot import Snapshot
from tests.heap.test_advise import advised

PAIRS = """
import collections, datetime, sys, types
import heapwise
class Plain:
    def __init__(self, *values): self.a, self.b, *_ = *values, None, None
class Slots:
    __slots__ = ("a", "b", "__weakref__")
    def __init__(self, *values): self.a, self.b, *_ = *values, None, None
class Row(collections.namedtuple("Row", "a b")): pass
class Error(Exception): pass
def ring(value):
    top = {"value": value, "below": [{} for _ in range(3)]}
    for each in top["below"]: each["above"] = top
    return top
def text(value): return "".join(["text ", value])
big, one, half = 2**62 + len(sys.argv), 1000 + len(sys.argv), 0.5 * len(sys.argv)
EQUAL = [
    lambda: [text("a"), one + 0, half + 0, None, True, text("b").encode()],
    lambda: {"a": [one + 1], "b": {text("c"): (big + 1, half + 1)}},
    lambda: collections.OrderedDict(a=[one + 1], b={-one: half}),
    lambda: collections.defaultdict(list, a=[one + 1]),
    lambda: [set([text("a"), text("b"), one + 1]), frozenset([one + 2, half + 1])],
    lambda: Plain([one + 1], {text("a"): [half + 1]}),
    lambda: Slots([one + 1], Plain(text("a"))),
    lambda: [Row(one + 1, [half + 1])],
    lambda: ring(one + 1),
    lambda: [float("nan"), [-0.0 * one]],
]
UNEQUAL = [
    (lambda: [[one + 1]], lambda: [[one + 2]]),
    (lambda: [[one + 1]], lambda: [[float(one + 1)]]),
    (lambda: [[half]], lambda: [[half + 2**-40]]),
    (lambda: [[0.0 * one]], lambda: [[-0.0 * one]]),
    (lambda: [[text("a")]], lambda: [[text("b")]]),
    (lambda: [[text("a")]], lambda: [[text("a").encode()]]),
    (lambda: [[one], [half]], lambda: [[half], [one]]),
    (lambda: [[one]], lambda: [(one,)]),
    (lambda: {"a": [one], "b": [half]}, lambda: {"a": [one], "c": [half]}),
    (lambda: {"a": [one], "b": [half]}, lambda: {"b": [half], "a": [one]}),
    (lambda: [1, [one]], lambda: [True, [one]]),
    (lambda: Slots([one]), lambda: Plain([one])),
    (lambda: [[datetime.datetime.now()]], lambda: [[datetime.datetime.now()]]),
    (lambda: [[object()]], lambda: [[object()]]),
    (lambda: [[lambda: 1]], lambda: [[lambda: 1]]),
    (lambda: [[2**100 + one]], lambda: [[2**100 + one + 1]]),
    (lambda: [Error([one])], lambda: [Error([one])]),
    (lambda: [bytearray(b"a" * one)], lambda: [bytearray(b"b" * one)]),
    (lambda: ring(one + 1), lambda: ring(one + 2)),
]
kept = [(each(), each()) for each in EQUAL] + [(a(), b()) for a, b in UNEQUAL]
with open(sys.argv[1] + ".txt", "w") as file:
    for a, b in kept: file.write(f"{id(a)} {id(b)}\\n")
heapwise.snapshot(sys.argv[1])
heapwise.snapshot(sys.argv[1] + ".place", in_place=True)
"""


def test_trees_are_equal_when_all_their_values_are_known_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, path = tmp_path / "program.py", tmp_path / "x.hw"
    script.write_text(PAIRS)
    subprocess.run([sys.executable, script, path], check=True, timeout=120)
    monkeypatch.setattr("heapwise.analyze.trees._MOST_SMALL_ITEMS", 0)
    monkeypatch.setattr("heapwise.analyze.trees._LEAST_INSTANCE_BYTES", 0)
    monkeypatch.setattr("heapwise.analyze.trees._LEAST_GROUP_BYTES", 1)
    snapshot = Snapshot.open(path)
    node_of = {address: node for node, address in enumerate(snapshot.nodes("address"))}
    same_as: dict[int, int] = {}
    for tree in copied_trees(snapshot):
        same_as[tree.root] = same_as.get(tree.kept, tree.kept)
    equal = []
    for line in (tmp_path / "x.hw.txt").read_text().splitlines():
        a, b = (node_of[int(address)] for address in line.split())
        equal.append(same_as.get(a, a) == same_as.get(b, b))
    assert equal == [True] * 10 + [False] * 19
    assert not list(copied_trees(Snapshot.open(f"{path}.place")))


def told(tmp_path: Path, source: str) -> dict[str, dict[str, object]]:
    """Code -> the first finding of what the program keeps."""
    found, _ = advised(tmp_path, source)
    kept = [each for each in found["findings"] if "kept" in each["holder"]]
    return {each["code"]: each for each in reversed(kept)}


LOADED = """
import json
text = json.dumps({f"operation {i}": {"name": f"Operation{i}", "errors": [f"Error{i}", "Throttled"], "limit": i + 0.5} for i in range(300)})
"""


def test_what_differs_in_little_is_told_with_what_is_equal(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        LOADED + "class Session:\n"
        "    def __init__(self, i): self.id, self.model, self.age = f'session {i}', json.loads(text), i * 0.1\n"
        "kept = [Session(i) for i in range(20)]\n"
        "for i, each in enumerate(kept): each.model['operation 7']['errors'] = [f'own {i}']",
    )
    evidence = json.dumps(found["HW325"]["evidence"])
    assert "20 __main__.Session objects keep" in evidence
    assert found["HW325"]["holder"].startswith("__main__.kept[")  # type: ignore[attr-defined]
    # All but one of three hundred operations.
    whole = told(tmp_path, LOADED + "kept = [json.loads(text) for i in range(20)]")["HW325"]
    ratio = found["HW325"]["saving_bytes"] / whole["saving_bytes"]  # type: ignore[operator]
    assert 0.85 < ratio < 1


@pytest.mark.parametrize(
    "source",
    [
        "kept = [{f'token {i}': i + 1000 for i in range(5000)} for _ in range(4)]",
        "kept = [{'a': [j, {'b': [[f'{i} of many', i * 0.5] for i in range(2000)]}]} for j in range(8)]",
        """
        class Node:
            def __init__(self, above, i):
                self.above, self.name, self.below = above, f"node {i}", []
        def tree():
            top = Node(None, -1)
            for i in range(500): top.below.append(Node(top, i))
            return top
        kept = [tree() for _ in range(6)]
        """,
    ],
)
def test_tables_parts_and_trees_that_know_their_parents_are_found(
    source: str, tmp_path: Path
) -> None:
    assert "HW325" in told(tmp_path, source)


def test_what_is_shared_already_is_not_counted(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        "shared = [f'a long text that is there once, number {i} of many' for i in range(5000)]\n"
        "kept = [{'all': list(shared), 'more': [[i] for i in range(1000)]} for _ in range(10)]",
    )["HW325"]
    one_bytes = 5000 * 8 + 1000 * (8 + 80 + 16) + 744 * 32
    assert found["saving_bytes"] == pytest.approx(9 * one_bytes, rel=0.1)


@pytest.mark.parametrize(
    "source",
    [
        "kept = [{'a': [i, 'x'], 'b': {'c': i}} for i in range(30_000)]",
        "kept = [[[i * 0.5 + j for i in range(100)] for _ in '1'] for j in range(500)]",
        "shared = {f'token {i}': [i] for i in range(5000)}\nkept = [(shared,) for _ in range(5000)]",
        "kept = [{'a': [], 'b': {}} for i in range(20_000)]",
    ],
)
def test_what_differs_is_empty_or_shared_is_left_alone(source: str, tmp_path: Path) -> None:
    assert "HW325" not in told(tmp_path, source)


def test_what_a_shared_tree_would_mend_as_well_is_not_told_beside_it(tmp_path: Path) -> None:
    found = told(tmp_path, LOADED + "kept = [json.loads(text) for i in range(30)]")
    assert "HW325" in found
    assert not {"HW307", "HW321", "HW304"} & found.keys()


def test_small_flat_containers_are_told_as_such(tmp_path: Path) -> None:
    found = told(tmp_path, "kept = [['zip', 'tls', 'http'] for _ in range(20_000)]")
    assert "HW321" in found
    assert "HW325" not in found
