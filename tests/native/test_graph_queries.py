"""Disjoint paths, rings, sums over the dominator tree and matches against brute force."""

from __future__ import annotations

from array import array
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heapwise.model.graph import native_graph, u4, u8
from tests.native.test_graph import NONE, columns, graphs, reached

PATH_END = 0xFFFFFFFFFFFFFFFF


def cut(edges: list[list[int]], gone: set[int]) -> list[list[int]]:
    return [[] if i in gone else [b for b in row if b not in gone] for i, row in enumerate(edges)]


def least_cut(edges: list[list[int]], target: int) -> int:
    """How many nodes must go, at the least, so that the root does not reach the target (Menger); when
    the root refers to it directly, that is one path more."""
    direct = target in edges[0]
    others = [[b for b in row if not (i == 0 and b == target)] for i, row in enumerate(edges)]
    inner = [v for v in range(len(edges)) if v not in (0, target)]
    for size in range(len(inner) + 1):
        for gone in combinations(inner, size):
            if target not in reached(cut(others, set(gone))):
                return size + direct
    raise AssertionError


@settings(max_examples=1500, deadline=None)
@given(graphs(), st.data())
def test_disjoint_paths_are_paths_disjoint_and_as_many_as_there_are(
    edges: list[list[int]], data: st.DataObject
) -> None:
    edges = [sorted(set(row) & set(range(8))) for row in edges[:8]]
    edges = [[b for b in row if b < len(edges)] for row in edges]
    if len(edges) < 2:
        return
    target = data.draw(st.integers(1, len(edges) - 1))
    first, counts, targets, kinds = columns(edges)
    source = [v for v, count in enumerate(counts) for _ in range(count)]
    sources = bytes([1]) + bytes(len(edges) - 1)
    raw = u8(
        native_graph().graph_disjoint_paths(first, counts, targets, kinds, sources, target, 99)
    )
    paths: list[list[int]] = [[]]
    for edge in raw:
        if edge == PATH_END:
            paths.append([])
        else:
            paths[-1].append(edge)
    assert paths.pop() == []
    inner: list[int] = []
    for path in paths:
        at = 0
        for edge in path:
            assert source[edge] == at
            at = targets[edge]
        assert at == target
        inner += [targets[edge] for edge in path[:-1]]
    assert len(inner) == len(set(inner)) and 0 not in inner and target not in inner
    assert len(paths) == (least_cut(edges, target) if target in reached(edges) else 0)


@settings(max_examples=500, deadline=None)
@given(graphs())
def test_rings_are_what_reaches_each_other(edges: list[list[int]]) -> None:
    component = u4(native_graph().graph_components(*columns(edges)))

    def reaches(a: int, b: int) -> bool:
        found, queue = set(), [a]
        while queue:
            node = queue.pop()
            if node not in found:
                found.add(node)
                queue += edges[node]
        return b in found

    for a in range(len(edges)):
        for b in range(a):
            assert (component[a] == component[b]) == (reaches(a, b) and reaches(b, a))


@st.composite
def trees(draw: st.DrawFn) -> list[int]:
    n = draw(st.integers(1, 30))
    order = draw(st.permutations(range(1, n)))
    above = [NONE] * n
    for place, node in enumerate(order):
        above[node] = draw(st.sampled_from([NONE, 0, *order[:place]]))
    return above


def up(above: list[int], node: int) -> list[int]:
    found = []
    while (node := above[node]) != NONE:
        found.append(node)
    return found


@settings(max_examples=500, deadline=None)
@given(trees(), st.data())
def test_sums_and_groups_over_the_tree(above: list[int], data: st.DataObject) -> None:
    n = len(above)
    column = array("I", above)
    in_tree = [v for v in range(n) if v == 0 or 0 in up(above, v)]
    weights = array("Q", data.draw(st.lists(st.integers(0, 99), min_size=n, max_size=n)))
    sums = u8(native_graph().tree_sums(column, weights))
    for v in in_tree:
        assert sums[v] == sum(weights[w] for w in in_tree if w == v or v in up(above, w))
    groups = array(
        "I", data.draw(st.lists(st.sampled_from([0, 1, 2, NONE]), min_size=n, max_size=n))
    )
    retained = u8(native_graph().tree_group_retained(column, groups, sums, 3))
    for group in range(3):
        outermost = [
            v for v in in_tree
            if groups[v] == group and not any(groups[w] == group for w in up(above, v))
        ]  # fmt: skip
        assert retained[group] == sum(sums[v] for v in outermost)
    first, child = map(u4, native_graph().tree_children(column))
    for v in range(n):
        assert list(child[first[v] : first[v + 1]]) == [w for w in range(n) if above[w] == v]


def test_columns_that_are_no_tree_are_refused() -> None:
    for bad in ([NONE, 7], [0, NONE]):
        with pytest.raises(ValueError, match="no tree"):
            native_graph().tree_sums(array("I", bad), array("Q", [1, 1]))
    ring = array("I", [NONE, 2, 1])
    assert list(u8(native_graph().tree_sums(ring, array("Q", [1, 1, 1])))) == [1, 1, 1]


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(st.integers(1, 40), st.integers(0, 2)),
    st.dictionaries(st.integers(1, 40), st.integers(0, 2)),
)
def test_matches_are_of_one_address_and_type(mine: dict[int, int], theirs: dict[int, int]) -> None:
    def columns_of(heap: dict[int, int]) -> tuple[array, array]:  # type: ignore[type-arg]
        rows = [(0, 0), *((16 * address, kind) for address, kind in heap.items())]
        return array("Q", [a for a, _ in rows]), array("I", [k for _, k in rows])

    births = array("I", [0, *(address % 4 for address in mine)])
    found = u4(native_graph().matched(*columns_of(mine), births, *columns_of(theirs), 1))
    others = {address: node for node, address in enumerate(theirs, 1)}
    expected = [
        others[a] if a in others and theirs[a] == kind and a % 4 <= 2 else NONE
        for a, kind in mine.items()
    ]
    assert list(found) == [NONE, *expected]


def test_columns_by_way_of_others() -> None:
    native = native_graph()
    at = array("I", [2, 0, 5, NONE])
    assert list(u4(native.mapped(at, array("I", [7, 8, 9])))) == [9, 7, NONE, NONE]
    assert list(u4(native.nodes_with(at, bytes([1, 0, 0, 0, 0, 1])))) == [1, 2]
    starts, order = native.by_value(array("I", [2, 0, 5, 2, NONE, 0]), 4)
    assert (list(u4(starts)), list(u4(order))) == ([0, 2, 2, 4, 4], [1, 5, 0, 3])
    sums, counts = native.group_sums(array("I", [1, 0, 1, 9]), array("Q", [5, 6, 7, 8]), 2)
    assert (list(u8(sums)), list(u8(counts))) == ([6, 12], [1, 2])
    assert list(u4(native.row_starts(array("I", [3, 0, 1])))) == [0, 3, 3]
    rows = array("I", [2, 0, 9])
    assert list(u8(native.spread(rows, array("I", [5, 6, 7]), 3))) == [6, 0, 5]
    assert list(u8(native.spread(rows, array("Q", [5, 1 << 40, 7]), 3))) == [1 << 40, 0, 5]
    with pytest.raises(ValueError, match="contradict"):
        native.spread(rows, array("Q", [5]), 3)


@settings(max_examples=500, deadline=None)
@given(graphs(), st.data())
def test_what_stands_below_some_nodes_and_its_sums_by_group(
    edges: list[list[int]], data: st.DataObject
) -> None:
    native, count = native_graph(), len(edges)
    above = [NONE, *(data.draw(st.integers(0, v - 1)) for v in range(1, count))]
    some = st.lists(st.integers(0, count - 1), max_size=5)
    roots, others = data.draw(some), data.draw(some)
    first, child = native.tree_children(array("I", above))
    found = u4(native.tree_below(first, child, array("I", roots), array("I", others)))

    def keeps(root: int, node: int) -> bool:
        return node == root or (node != 0 and keeps(root, above[node]))

    expected = {v for v in range(count) if v in others or any(keeps(root, v) for root in roots)}
    assert sorted(found) == sorted(expected)
    groups = data.draw(st.lists(st.sampled_from([0, 7, NONE]), min_size=count, max_size=count))
    sizes = data.draw(st.lists(st.integers(0, 1 << 40), min_size=count, max_size=count))
    keys, counts, sums = native.node_sums(found, array("I", groups), array("Q", sizes))
    assert dict(zip(u4(keys), zip(u8(counts), u8(sums), strict=True), strict=True)) == {
        group: (
            sum(groups[v] == group for v in expected),
            sum(sizes[v] for v in expected if groups[v] == group),
        )
        for group in {groups[v] for v in expected}
    }
    marks = bytearray(count)
    marks[others[0] if others else 0] = 1
    before = bytes(marks)
    assert [*u4(native.unmarked(found, marks))] == [v for v in found if not before[v]]
    assert all(marks[v] == (before[v] or v in expected) for v in range(count))


def test_nodes_that_are_not_there_are_refused() -> None:
    native, tree = native_graph(), native_graph().tree_children(array("I", [NONE, 0]))
    nodes, groups, sizes = array("I", [2]), array("I", [0, 0]), array("Q", [1, 1])
    with pytest.raises(IndexError):
        native.tree_below(*tree, nodes, array("I"))
    with pytest.raises(IndexError):
        native.tree_below(*tree, array("I"), nodes)
    with pytest.raises(IndexError):
        native.node_sums(nodes, groups, sizes)
    with pytest.raises(IndexError):
        native.unmarked(nodes, bytearray(2))
    with pytest.raises(ValueError, match="no tree"):
        native.tree_below(array("I", [0, 9]), array("I", [0]), array("I", [0]), array("I"))
    with pytest.raises(BufferError):
        native.unmarked(array("I", [0]), bytes(2))


def test_values_are_scaled_by_their_groups() -> None:
    sizes, groups = array("Q", [100, 33, 7, 5]), array("I", [1, 0, 9, NONE])
    assert [*u8(native_graph().scaled(sizes, groups, array("d", [1.5, 2.0])))] == [200, 50, 7, 5]
