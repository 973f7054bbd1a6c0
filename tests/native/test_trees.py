"""Equal trees against Python's own comparison of what random graphs stand for."""

from __future__ import annotations

from array import array
from random import Random

import pytest

from heapwise.model.graph import native_graph, u4, u8
from tests.native.test_graph import columns

EMPTY = (array("I"), array("I"))
Edges = list[list[int]]


def equal(edges: Edges, *, leaves: dict[int, int], types: list[int] | None = None) -> list[int]:
    """The first equal node of each; edges are named by their order. leaves: node -> the first that is equal."""
    graph = columns(edges)
    names = array("I", [at for below in edges for at in range(len(below))])
    kinds = array("I", types or [0 if node in leaves else 1 for node in range(len(edges))])
    same = array("I", leaves), array("I", leaves.values())
    return list(u4(native_graph().trees_equal(*graph, names, kinds, b"\0\1\1", same, EMPTY)))


@pytest.mark.parametrize("seed", range(60))
def test_trees_are_equal_as_python_finds_tuples_equal(seed: int) -> None:
    source = Random(seed)
    leaves = {node: node - node % 3 for node in range(9)}
    edges: Edges = [[] for _ in leaves]
    values: list[object] = list(leaves.values())
    for node in range(9, 60):
        below = [source.randrange(node) for _ in range(source.randrange(4))]
        edges.append(below)
        values.append(tuple(values[each] for each in below))
    found = equal(edges, leaves=leaves)
    first: dict[object, int] = {}
    assert found == [first.setdefault(value, node) for node, value in enumerate(values)]


def test_what_is_of_another_type_is_not_equal() -> None:
    assert equal([[], [0], [0], [0]], leaves={0: 0}, types=[0, 1, 2, 1]) == [0, 1, 2, 1]


def ring(first: int, size: int, leaf: int) -> Edges:
    """Nodes that refer to the next, to the one before and to a leaf."""
    return [
        [first + (at + 1) % size, first + (at - 1) % size, leaf if not at else 0]
        for at in range(size)
    ]


def test_rings_are_equal_when_their_nodes_look_alike_and_are_as_many() -> None:
    edges = [[], [], *ring(2, 4, 1), *ring(6, 4, 1), *ring(10, 4, 0), *ring(14, 5, 1)]
    found = equal(edges, leaves={0: 0, 1: 1})
    assert found[6:10] == [2, 3, 4, 5]
    assert min(found[10:14]) == 10
    assert min(found[14:]) == 14


def test_a_ring_that_takes_long_to_tell_apart_is_equal_to_nothing() -> None:
    edges = [[], [], *ring(2, 500, 1), *ring(502, 500, 1)]
    assert equal(edges, leaves={0: 0, 1: 1}) == list(range(1002))


def test_a_chain_may_be_as_long_as_it_will() -> None:
    size = 100_000
    edges: Edges = [[]]
    edges += [[len(edges) - 1] if at % size == 0 else [at] for at in range(2 * size)]
    edges[1 + size] = [0]
    assert equal(edges, leaves={0: 0})[1 + size :] == list(range(1, 1 + size))


def copied(
    edges: Edges, dominator: list[int], equals: list[int], least: int
) -> list[tuple[int, ...]]:
    retained = [1] * len(edges)
    for node in range(len(edges) - 1, 0, -1):
        retained[dominator[node]] += retained[node]
    found = native_graph().trees_copied(
        array("I", equals), bytes([0] + [1] * (len(edges) - 1)), array("I", dominator),
        array("Q", [1] * len(edges)), array("Q", retained), least,
    )  # fmt: skip
    return list(zip(u4(found[0]), u4(found[1]), u8(found[2]), strict=True))


def test_the_outermost_copies_are_named_and_no_byte_twice() -> None:
    # Three trees of two levels, and the inner part of one elsewhere.
    edges: Edges = [[1, 4, 7, 10], [2], [3], [], [5], [6], [], [8], [9], [], [11], []]
    above = [0xFFFFFFFF, 0, 1, 2, 0, 4, 5, 0, 7, 8, 0, 10]
    equals = [0, 1, 2, 3, 1, 2, 3, 1, 2, 3, 2, 3]
    above[0] = 0
    found = copied(edges, [0xFFFFFFFF, *above[1:]], equals, 1)
    assert found[:2] == [(4, 1, 3), (7, 1, 3)]
    assert found[2] == (10, 2, 2)
    assert sum(size for _, _, size in found) == 8


def test_few_bytes_are_not_named() -> None:
    edges: Edges = [[1, 2], [], []]
    assert copied(edges, [0xFFFFFFFF, 0, 0], [0, 1, 1], 1) == [(2, 1, 1)]
    assert copied(edges, [0xFFFFFFFF, 0, 0], [0, 1, 1], 2) == []


def test_columns_that_contradict_each_other_are_refused() -> None:
    native = native_graph()
    graph = columns([[1], []])
    names, types = array("I", [0]), array("I", [0, 0])
    with pytest.raises(ValueError):
        native.trees_equal(*graph, names, array("I", [0]), b"\1", EMPTY, EMPTY)
    with pytest.raises(ValueError):
        native.trees_equal(*graph, names, types, b"\1", (array("I", [5]), array("I", [0])), EMPTY)
    with pytest.raises(ValueError):
        native.trees_copied(
            array("I", [7]), b"\1", array("I", [0]), array("Q", [1]), array("Q", [1]), 0
        )
