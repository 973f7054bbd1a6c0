"""Dominators, retained sizes and paths against brute force on random graphs."""

from __future__ import annotations

from array import array
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heapwise.model.graph import native_graph

NONE = 0xFFFFFFFF


def columns(
    edges: list[list[int]], weak: frozenset[tuple[int, int]] = frozenset()
) -> tuple[array, ...]:  # type: ignore[type-arg]
    first, counts, target, kind = array("I"), array("I"), array("I"), array("B")
    for node, below in enumerate(edges):
        first.append(len(target))
        counts.append(len(below))
        target.extend(below)
        kind.extend(1 if (node, at) in weak else 2 for at in below)
    return first, counts, target, kind


def reached(edges: list[list[int]], without: int = -1) -> set[int]:
    found, queue = set(), [0] if without != 0 else []
    while queue:
        node = queue.pop()
        if node in found or node == without:
            continue
        found.add(node)
        queue += edges[node]
    return found


@st.composite
def graphs(draw: st.DrawFn) -> list[list[int]]:
    n = draw(st.integers(1, 24))
    return draw(st.lists(st.lists(st.integers(0, n - 1), max_size=5), min_size=n, max_size=n))


@settings(max_examples=1_000, deadline=None)
@given(graphs())
def test_dominators_equal_brute_force(edges: list[list[int]]) -> None:
    check_dominators(edges)


def test_dominators_of_nine_thousand_more_graphs() -> None:
    random = Random(1)  # many: drawn by hypothesis they would take half a minute
    for _ in range(9_000):
        n = random.randint(1, 24)
        check_dominators(
            [[random.randrange(n) for _ in range(random.randint(0, 5))] for _ in range(n)]
        )


def check_dominators(edges: list[list[int]]) -> None:
    n = len(edges)
    sizes = array("Q", [3 * i + 1 for i in range(n)])
    raw, retained_raw = native_graph().graph_dominators(*columns(edges), sizes)
    dominator, retained = memoryview(raw).cast("I"), memoryview(retained_raw).cast("Q")
    all_reached = reached(edges)
    dominated = {d: all_reached - reached(edges, d) for d in all_reached}
    for node in range(n):
        if node not in all_reached:
            assert (dominator[node], retained[node]) == (NONE, 0)
            continue
        assert retained[node] == sum(sizes[v] for v in dominated[node])
        strict = [d for d in all_reached if node in dominated[d] and d != node]
        if node == 0:
            assert dominator[0] == NONE
        else:  # the nearest one dominates nothing else of the chain's upper part
            assert dominator[node] == min(strict, key=lambda d: len(dominated[d]))


def test_deep_lists_and_wide_types() -> None:
    n = 400_000
    edges = [[i + 1, n] for i in range(n - 1)] + [[n], []]  # each node refers to one type
    sizes = array("Q", [1] * (n + 1))
    raw, retained = native_graph().graph_dominators(*columns(edges), sizes)
    assert memoryview(retained).cast("Q")[0] == n + 1
    assert memoryview(raw).cast("I")[n] == 0
    assert memoryview(raw).cast("I")[n - 1] == n - 2


@settings(max_examples=300, deadline=None)
@given(graphs(), st.sets(st.integers(0, 23)))
def test_what_stays_without_some(edges: list[list[int]], gone: set[int]) -> None:
    marks = bytes(1 if i in gone else 0 for i in range(len(edges)))
    kept = native_graph().graph_kept_without(*columns(edges), marks)
    cut = [
        [] if i in gone else [b for b in below if b not in gone] for i, below in enumerate(edges)
    ]
    assert {i for i, stays in enumerate(kept) if stays} == (set() if 0 in gone else reached(cut))


@settings(max_examples=300, deadline=None)
@given(graphs())
def test_paths_are_shortest(edges: list[list[int]]) -> None:
    parent_raw, edge_raw = native_graph().graph_parents(*columns(edges), bytes(len(edges)))
    parent, edge = memoryview(parent_raw).cast("I"), memoryview(edge_raw).cast("Q")
    target = columns(edges)[2]
    level, depth = {0: 0}, 0
    frontier = [0]
    while frontier:
        depth += 1
        frontier = [
            b
            for node in frontier
            for b in edges[node]
            if b not in level and not level.setdefault(b, depth) < 0
        ]
    for node in range(len(edges)):
        if node not in level:
            assert (parent[node], edge[node]) == (NONE, 0)
        elif node:
            assert level[parent[node]] == level[node] - 1 and target[edge[node]] == node


def test_what_is_not_reached_has_no_edge_of_what_the_memory_held_before() -> None:
    before = [b"\xff" * size for size in (8 * 40, 8 * 4000) for _ in range(50)]
    for count in (40, 4000):
        del before[::2]  # its memory is taken again
        _, raw = native_graph().graph_parents(*columns([[] for _ in range(count)]), bytes(count))
        assert raw == bytes(8 * count)


def test_weak_edges_do_not_count() -> None:
    edges: list[list[int]] = [[1, 2], [3], [3], []]
    args = columns(edges, frozenset({(2, 3)}))
    raw, _ = native_graph().graph_dominators(*args, array("Q", [1, 1, 1, 1]))
    assert memoryview(raw).cast("I")[3] == 1


def test_columns_that_contradict_each_other_are_refused() -> None:
    first, counts, target, kind = columns([[1], []])
    with pytest.raises(ValueError, match="contradict"):
        native_graph().graph_parents(first, counts, array("I", [7]), kind, bytes(2))
    with pytest.raises(ValueError, match="contradict"):
        native_graph().graph_parents(first, array("I", [9, 0]), target, kind, bytes(2))
    with pytest.raises(ValueError, match="contradict"):
        native_graph().graph_dominators(first, counts, target, kind, array("Q", [1]))
