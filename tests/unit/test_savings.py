"""Which lines a hit counts for."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from heapwise import lint
from heapwise.analyze.line_costs import Cost
from heapwise.analyze.resident import grown_bytes
from heapwise.lint.savings import lines_of, saving_bytes
from heapwise.model.tables import Tick

TEXT = """
import csv, io
def export(rows, file):
    out = io.StringIO()
    table = csv.writer(out)
    table.writerows(rows)
    file.write(out.getvalue())
"""


@pytest.mark.parametrize("left", [0, 5, 50])
def test_lines_that_fill_a_buffer_count_while_it_is_filled_as_well(left: int) -> None:
    """At the peak the buffer is the text that the last line made of it, and next to nothing is left of its parts."""
    [hit] = lint.check_text("a.py", TEXT, {"HW725"}, sized=True)

    def of(path: str, first: int, last: int) -> Cost:
        return Cost(peak_bytes={7: 1000, 6: left}.get(first, 0))

    def through(path: str, first: int, last: int) -> dict[tuple[str, int], Cost]:
        return {(path, line): of(path, line, line) for line in range(first, last + 1)}

    costs: Any = SimpleNamespace(of=of, through=through)
    known = left if left == 50 else 0
    assert lines_of(hit, costs) == {("a.py", 7): 1000, ("a.py", 5): 0, ("a.py", 6): known}


ARMS = """
from concurrent.futures import ThreadPoolExecutor, as_completed
def load(number): return [number] * 1000
def total():
    with ThreadPoolExecutor() as pool:
        tiles = {pool.submit(load, n): n for n in range(200)}
        return sum(len(each.result()) for each in as_completed(tiles))
"""


@pytest.mark.parametrize("ran", [True, False])
def test_what_a_function_held_for_other_calls_of_it_is_not_saved(ran: bool) -> None:
    [hit] = lint.check_text("a.py", ARMS, {"HW724"}, sized=True)
    asked = []

    def may_have_run(path: str, first: int, last: int) -> bool:
        asked.append((path, first, last))
        return ran

    held = {("a.py", 3): Cost(peak_bytes=8000, peak_count=8, largest_bytes=1000)}
    costs: Any = SimpleNamespace(
        may_have_run=may_have_run, through=lambda *_, **__: held, locals={}
    )
    assert saving_bytes(hit, costs) == (6000 if ran else 0)
    assert asked == [("a.py", 6, 6)]


READ = """
import pandas as pd
def total(path):
    table = pd.read_csv(path)
    return table["a"].sum()
"""


@pytest.mark.parametrize(
    ("grown", "columns", "saved"),
    [(500, 0, 400), (5000, 0, 800), (100, 0, 300), (0, 0, 300), (500, 20, 475), (500, 1, 0)],
)
def test_columns_that_nobody_uses_are_what_the_process_grew_by(
    grown: int, columns: int, saved: int
) -> None:
    """No more than the line held; where it grew by little, it had room, and half of what was in memory is said. One of
    twenty columns is needed, or of a number that is not known, or the only one."""
    [hit] = lint.check_text("a.py", READ, {"HW716"}, sized=True)
    costs: Any = SimpleNamespace(
        of=lambda *_: Cost(peak_bytes=1000), locals={}, not_resident_bytes=400,
        grown_bytes=lambda *_: grown, columns={("a.py", hit.line): columns},
    )  # fmt: skip
    assert saving_bytes(hit, costs) == saved


@pytest.mark.parametrize(("columns", "saved"), [(20, 570), (0, 480), (1, 0)])
def test_what_unused_columns_of_a_file_of_columns_save(columns: int, saved: int) -> None:
    """Its reader touches what it reserves: of all that is in memory, however little the process grew by then."""
    [hit] = lint.check_text("a.py", READ.replace("read_csv", "read_parquet"), {"HW716"}, sized=True)
    costs: Any = SimpleNamespace(
        of=lambda *_: Cost(peak_bytes=1000), locals={}, not_resident_bytes=400,
        grown_bytes=lambda *_: 0, columns={("a.py", hit.line): columns},
    )  # fmt: skip
    assert saving_bytes(hit, costs) == saved


def recording(*ticks: tuple[int, int, int]) -> Any:
    """Of (node, resident set, heap). Node 3 is called by 2, which 1 calls; 4 stands beside 2. A node's frame has ten
    times its number."""
    summary = SimpleNamespace(peak_bytes=max(heap for _, _, heap in ticks), peak_s=0.0)
    rows = [Tick(float(at), rss, heap, 0, node) for at, (node, rss, heap) in enumerate(ticks)]
    return SimpleNamespace(
        summary=summary, ticks=rows, node_parents=[0, 0, 1, 2, 1], node_frames=[0, 10, 20, 30, 40]
    )


def test_what_a_process_grew_by_by_ticks_that_did_not_look() -> None:
    """At the peak nobody looked: what was in memory is known at the next look, and that the main thread is there."""
    told = recording((1, 50, 10), (1, 50, 60), (3, 90, 60), (3, 90, 20))
    told.ticks[1] = replace(told.ticks[1], was_looked_at=False)
    assert grown_bytes(told, {20}) == 40
    told.ticks[2] = replace(told.ticks[2], node=1)
    assert grown_bytes(told, {20}) == 0


@pytest.mark.parametrize(
    ("ticks", "grown"), [
        ([(1, 50, 10), (2, 70, 40), (3, 90, 60), (1, 95, 20)], 40),
        ([(1, 50, 10), (3, 60, 20), (4, 80, 30), (3, 90, 60)], 10),  # it was left meanwhile
        ([(1, 50, 10), (0, 60, 20), (3, 90, 60)], 40),  # where it stood is not known
        ([(1, 50, 10), (3, 90, 20), (4, 95, 60)], 0),  # the peak is elsewhere
        ([(3, 90, 60), (1, 50, 10)], 0),  # it was there from the start
        ([(1, 95, 10), (3, 90, 60)], 0),  # there was room
    ],
)  # fmt: skip
def test_what_a_process_grew_by_while_it_was_in_some_frames(
    ticks: list[tuple[int, int, int]], grown: int
) -> None:
    assert grown_bytes(recording(*ticks), {20}) == grown


DRAFTED = """
from PIL import Image
class Cards:
    def make(self, path):
        with Image.open(path) as picture:
            self.prepare(picture)
            return picture.resize((64, 64))
    def prepare(self, picture): pass
class Drafted(Cards):
    def prepare(self, picture): picture.draft("RGB", (128, 128))
"""


@pytest.mark.parametrize("ran", [True, False])
def test_nothing_is_saved_where_a_function_ran_that_sees_to_it(ran: bool) -> None:
    [hit] = lint.check_text("a.py", DRAFTED, {"HW749"}, sized=True)
    asked = []

    def has_run(path: str, function: str, first: int, last: int) -> bool:
        asked.append((path, function, first, last))
        return ran

    def of(path: str, first: int, last: int) -> Cost:
        return Cost(peak_bytes=1000 if (first, last) == (7, 7) else 0)

    costs: Any = SimpleNamespace(
        of=of, ran=has_run, passed=lambda *_, library: True, may_have_run=lambda *_: True, locals={},
    )  # fmt: skip
    assert saving_bytes(hit, costs) == (0 if ran else 1000)
    assert asked == [("a.py", "prepare", 10, 10)]
