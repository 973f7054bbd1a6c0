"""All changes together: what several findings would free is counted once."""

from __future__ import annotations

import itertools
import json
import random
from array import array
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from heapwise.analyze.total import total_saving_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.tables import Frame
from tests.conftest import Runner, advice, python
from tests.heap.test_advise import advised


class Heap:
    """A dominator tree with sizes, as a snapshot shows it: each node was made at one of a few lines, or at none."""

    def __init__(self, dice: random.Random, count: int) -> None:
        self.sizes = array("Q", [0, *(dice.randrange(16, 5000, 16) for _ in range(count - 1))])
        self.sites = array("I", [dice.randrange(5) for _ in range(count)])
        self.below: list[list[int]] = [[] for _ in range(count)]
        for node in range(1, count):
            self.below[dice.randrange(node)].append(node)

    def __len__(self) -> int:
        return len(self.sizes)

    def nodes(self, name: str) -> array[int]:
        return {"size_bytes": self.sizes, "site": self.sites}[name]

    @property
    def dominated(self) -> tuple[array[int], array[int]]:
        first = array("I", itertools.accumulate(map(len, self.below), initial=0))
        return first, array("I", itertools.chain.from_iterable(self.below))

    @property
    def stacks(self) -> SimpleNamespace:
        frames = [Frame("f", "app.py", line) for line in range(5)]
        sites = range(1, 5)
        return SimpleNamespace(
            site_ids=sites, site_user_frames=sites, site_own=bytes(4), frames=frames
        )

    def tree(self, root: int) -> set[int]:
        return {root}.union(*(self.tree(each) for each in self.below[root]))


def drawn(dice: random.Random, heap: Heap) -> Finding:
    """A finding of one of the three kinds, that frees a part of what it speaks of, or a little more."""
    nodes = range(1, len(heap.sizes))
    kind = dice.randrange(3)
    share = dice.choice((0.0, 0.3, 1.0))
    if kind == 0:
        chosen = dice.sample(nodes, dice.randrange(1, 8))
        freed, most = Freed(nodes=chosen), sum(heap.sizes[each] for each in chosen)
    elif kind == 1:
        root = dice.choice(nodes)
        freed, most = Freed(roots=[root]), sum(heap.sizes[each] for each in heap.tree(root))
    else:
        line = dice.randrange(1, 5)
        most = sum(size for size, site in zip(heap.sizes, heap.sites, strict=True) if site == line)
        freed = Freed(lines={("app.py", line): most})
    return Finding("HW999", "drawn", saving_bytes=int(share * most), freed=freed)


@pytest.mark.parametrize("seed", range(200))
def test_a_total_is_no_less_than_the_largest_and_no_more_than_the_sum_or_the_heap(
    seed: int,
) -> None:
    dice = random.Random(seed)
    heap: Any = Heap(dice, dice.randrange(10, 60))
    found = [drawn(dice, heap) for _ in range(dice.randrange(1, 8))]
    whole = sum(heap.sizes)
    total = total_saving_bytes(found, heap, whole_bytes=whole)
    savings = [each.saving_bytes for each in found]
    assert max(savings) <= total <= min(sum(savings), whole)
    assert total == total_saving_bytes(found[::-1], heap, whole_bytes=whole)
    assert total == total_saving_bytes([*found, found[0]], heap, whole_bytes=whole)


def test_what_two_findings_free_is_counted_once_and_what_one_frees_is_added() -> None:
    heap: Any = Heap(random.Random(1), 40)
    heap.sizes[1:] = array("Q", [1000] * 39)
    several = [
        Finding("A", "half of four", saving_bytes=2000, freed=Freed(nodes=[1, 2, 3, 4])),
        Finding("B", "all of two of them", saving_bytes=2000, freed=Freed(nodes=[3, 4])),
        Finding("C", "others", saving_bytes=700, freed=Freed(nodes=[9])),
    ]
    assert total_saving_bytes(several, heap, whole_bytes=39_000) == 500 + 500 + 2000 + 700


def test_the_total_of_a_program_is_what_mending_all_of_it_saves(tmp_path: Any) -> None:
    # A cache that never hits holds the very records that are dicts; a list of numbers stands beside it.
    wasteful = """
        import functools
        @functools.lru_cache(maxsize=None)
        def kept(i): return [{'id': i, 'name': None, 'price': None} for _ in range(20)]
        for i in range(2000): kept(i)
        kept_numbers = [i * 3 for i in range(1000, 60_000)]
        """
    mended = """
        from array import array
        def kept(i): return [{'id': i, 'name': None, 'price': None} for _ in range(20)]
        for i in range(2000): kept(i)
        kept_numbers = array('q', (i * 3 for i in range(1000, 60_000)))
        """
    found, before = advised(tmp_path, wasteful)
    _, after = advised(tmp_path, mended)
    codes = {each["code"] for each in found["findings"]}
    savings = [each["saving_bytes"] for each in found["findings"]]
    assert {"HW303", "HW304", "HW315"} <= codes
    total = found["summary"]["total_saving_bytes"]
    assert total == pytest.approx(before - after, rel=0.1)
    assert max(savings) < total < sum(savings)
    assert json.dumps(found["limits"]).count("Savings overlap") == 1


def test_what_an_unread_attribute_keeps_is_not_counted_for_its_texts_again(
    run_program: Runner,
) -> None:
    text = """
        class Order:
            def __init__(self, number):
                self.number = number
                TAGS
        orders = [Order(n) for n in range(20_000)]
        print(sum(each.number for each in orders))
        """
    told = []
    for tags in ("self.tags = [f't{number % 50 + i}' for i in range(4)]", "pass"):
        run = run_program(text.replace("TAGS", tags), options=("--snapshot", "peak,end"))
        told.append((advice(run.path), run.recording.summary.peak_bytes))
    [(found, peak), (_, mended_peak)] = told
    assert {"HW307", "HW336"} <= {each["code"] for each in found["findings"]}
    savings = {each["code"]: each["saving_bytes"] for each in found["findings"]}
    assert savings["HW336"] == pytest.approx(peak - mended_peak, rel=0.1)
    others = sum(savings.values()) - savings["HW336"] - savings["HW307"]
    assert found["summary"]["total_saving_bytes"] <= savings["HW336"] + others + 1


def test_texts_that_are_wide_are_told_beside_their_copies(tmp_path: Path) -> None:
    path = tmp_path / "a.hw"
    python(
        f"""
        import heapwise
        texts = [("a" * 20_000) + chr(0x1F600) for _ in range(400)]
        heapwise.snapshot({str(path)!r})
        """
    )
    found = {each["code"]: each["saving_bytes"] for each in advice(path)["findings"]}
    assert found["HW313"] == pytest.approx(0.75 * 400 * 80_000, rel=0.02)
    assert found["HW307"] > found["HW313"]
