"""What columns of Arrow hold, against what pyarrow itself counts."""

from __future__ import annotations

import gc
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import heapwise
from heapwise.model.snapshot import Snapshot
from heapwise.views.advise import advise

np = pytest.importorskip("numpy")
pa = pytest.importorskip("pyarrow")


def columns() -> Iterator[tuple[str, Any]]:
    source = random.Random(7)
    for name, kind, offset_bytes in (("texts", pa.string(), 4), ("large", pa.large_string(), 8)):
        for values_count in (1, 40, 3000, 40_000):
            values = [*(f"{'é' * (i % 5)}value {i}" for i in range(values_count)), None, ""]
            rows = [source.choice(values) for _ in range(30_000)]
            chunks = [pa.array(rows[at : at + 7000], kind) for at in range(0, len(rows), 7000)]
            yield f"{name} {values_count} {offset_bytes}", pa.chunked_array(chunks)
        sliced = pa.array([f"row {i % 9}" for i in range(60_000)], kind).slice(20_001, 30_000)
        yield f"{name} sliced {offset_bytes}", pa.chunked_array([sliced])
        empty = pa.array([*[""] * 100_000, "a text"], kind).slice(0, 40_000)
        yield f"{name} empty {offset_bytes}", pa.chunked_array([empty])
        yield f"{name} alone {offset_bytes}", pa.array(["ab", "c", "", "ab"] * 9000, kind)
    yield "bytes 0 4", pa.chunked_array([[b"0123456789", b"ab"] * 12_000])


OTHERS = {
    "numbers": lambda: pa.chunked_array([list(range(90_000))]),
    "lists": lambda: pa.chunked_array([[["a"], ["b", "c"]] * 20_000]),
    "categories": lambda: pa.chunked_array([pa.array(["a", "b"] * 50_000).dictionary_encode()]),
    "views": lambda: pa.chunked_array([pa.array(["a", "b"] * 50_000, pa.string_view())]),
    "long views": lambda: pa.chunked_array(
        [pa.array(["", "a text too long for a view"] * 50_000, pa.string_view())]
    ),
    "empty views": lambda: pa.chunked_array(
        [pa.array([*[""] * 50_000, "a text too long for a view"], pa.string_view())]
    ),
    "places of lists": lambda: pa.chunked_array(
        [pa.array([[1, 2]] * 30_000, pa.large_list_view(pa.int8()))]
    ),
    "nothing": lambda: pa.chunked_array([], pa.string()),
    "few rows": lambda: pa.chunked_array([["a"] * 100]),
}


def test_columns_are_counted_as_pyarrow_counts_them(tmp_path: Path) -> None:
    kept = dict(columns())
    again = [pa.chunked_array(each.chunks) for each in kept.values() if hasattr(each, "chunks")]
    missing = (
        ()
        if hasattr(pa, "string_view")
        else ("views", "long views", "empty views", "places of lists")
    )
    others = {name: make() for name, make in OTHERS.items() if name not in missing}
    heapwise.snapshot(tmp_path / "x.hw")
    assert again and others
    snapshot = Snapshot.open(tmp_path / "x.hw")
    nodes = {address: node for node, address in enumerate(snapshot.nodes("address"))}
    fact = snapshot.fact
    for name, column in kept.items():
        node = nodes[id(column)]
        rows = [each or ("" if column.type != pa.binary() else b"") for each in column.to_pylist()]
        texts = [each if isinstance(each, bytes) else each.encode() for each in rows]
        width = int(name.split()[-1])
        assert fact("rows_count", node) == len(rows), name
        assert fact("column_bytes", node) == sum(map(len, texts)) + width * len(rows), name
        assert fact("values_count", node) == len(set(texts)), name
        assert fact("values_bytes", node) == sum(map(len, set(texts))), name
    for each in (*again, *others.values()):  # what is told once is not told twice
        assert not fact("column_bytes", nodes[id(each)]), each.type


def facts_of(tmp_path: Path, *columns: Any) -> list[list[int]]:
    """rows_count, column_bytes and values_count of each."""
    heapwise.snapshot(tmp_path / "x.hw")
    snapshot = Snapshot.open(tmp_path / "x.hw")
    nodes = {address: node for node, address in enumerate(snapshot.nodes("address"))}
    names = "rows_count", "column_bytes", "values_count"
    return [[snapshot.fact(name, nodes[id(each)]) for name in names] for each in columns]


def test_a_table_is_its_columns_of_few_values(tmp_path: Path) -> None:
    rows = 40_000
    columns = {
        "carrier": pa.array([f"carrier {i % 14}" for i in range(rows)]),
        "number": pa.array(range(rows)),
        "user": pa.array([f"user {i}" for i in range(rows)]),
        "city": pa.array([f"city {i % 300}" for i in range(rows)], pa.large_string()),
    }
    texts = [[str(each) for each in columns[name].to_pylist()] for name in ("carrier", "city")]
    table = pa.table(columns)
    del columns
    numbers = pa.table({"a": list(range(rows)), "b": [0.5] * rows})
    in_bytes = [
        sum(map(len, each)) + width * rows for each, width in zip(texts, (4, 8), strict=True)
    ]
    assert facts_of(tmp_path, table, numbers) == [[2 * rows, sum(in_bytes), 314], [0, 0, 0]]


def test_a_column_of_many_chunks_hides_no_other(tmp_path: Path) -> None:
    many = pa.chunked_array([pa.array([f"value {i % 7}"] * 3) for i in range(8000)])
    other = pa.chunked_array([["ab", "cd"] * 30_000])
    assert facts_of(tmp_path, many, other) == [
        [24_000, 24_000 * (7 + 4), 7],
        [60_000, 60_000 * (2 + 4), 2],
    ]


KINDS = {
    "bool": lambda n: pa.array(np.arange(n) % 3 == 0),
    "int8": lambda n: pa.array((np.arange(n) % 100).astype("i1")),
    "float": lambda n: pa.array((np.arange(n) / 7).astype("f4")),
    "double": lambda n: pa.array(np.arange(n) / 7),
    "nulls": lambda n: pa.array(np.arange(n), mask=np.arange(n) % 3 > 0),
    "time": lambda n: pa.array(np.arange(n)).cast(pa.timestamp("us")),
    "date": lambda n: pa.array(np.arange(n, dtype="i4")).cast(pa.date32()),
    "decimal": lambda n: pa.array(np.arange(n)).cast(pa.decimal128(30, 2)),
    "texts": lambda n: pa.array([f"the text {i}" for i in range(n)]),
    "large": lambda n: pa.array([f"the text {i}" for i in range(n)], pa.large_string()),
    "bytes": lambda n: pa.array([b"%d" % i for i in range(n)]),
}


def buffer_facts(tmp_path: Path, *objects: Any) -> list[tuple[int, int]]:
    """buffers_bytes and shown_bytes of each."""
    gc.collect()  # of what other tests had, nothing shows a buffer
    heapwise.snapshot(tmp_path / "x.hw")
    snapshot = Snapshot.open(tmp_path / "x.hw")
    nodes = {address: node for node, address in enumerate(snapshot.nodes("address"))}
    names = "buffers_bytes", "shown_bytes"
    return [tuple(snapshot.fact(name, nodes[id(each)]) for name in names) for each in objects]  # type: ignore[misc]


def copied(array: Any) -> Any:
    """In buffers of Arrow's own pool."""
    return array.take(pa.array(np.arange(len(array))))


@pytest.mark.parametrize("name", KINDS)
def test_what_a_slice_keeps_and_shows_is_what_pyarrow_says(name: str, tmp_path: Path) -> None:
    def part(take: Callable[[Any, Any], Any]) -> Any:
        whole = copied(KINDS[name](600_000))
        return take(whole, pa.table({"a": whole, "b": copied(whole)}))

    parts = [
        part(lambda whole, _: whole.slice(400, 800)), part(lambda whole, _: whole.slice(599_992)),
        part(lambda _, table: table.slice(8, 16)), part(lambda _, table: table.to_batches()[0].slice(0, 80)),
        part(lambda _, table: table.column("b").slice(64, 32)),
        part(lambda whole, _: pa.chunked_array([whole.slice(0, 8), whole.slice(16, 8)])),
    ]  # fmt: skip
    for each, (keeps, shows) in zip(parts, buffer_facts(tmp_path, *parts), strict=True):
        told = each.get_total_buffer_size()
        assert told <= keeps + 16_384 * 4 and keeps <= 2 * told + 300_000, (name, type(each))
        # The ends of texts are one more than rows, and rows between two chunks count as shown.
        assert each.nbytes <= shows + 64 and shows <= 2 * each.nbytes + 400, (name, type(each))


def test_what_others_show_is_no_part(tmp_path: Path) -> None:
    whole = copied(pa.array([f"the text {i}" for i in range(200_000)]))
    tables = [pa.table({"a": whole, "n": copied(pa.array(range(200_000)))}) for _ in range(3)]
    beside = tables[0].select(["n"]).slice(0, 1000)
    rest = copied(pa.array(range(100_000)))
    pieces = [rest.slice(n * 1000, 1000) for n in range(100)]
    chunks = pa.Table.from_batches(
        pa.table({"n": copied(pa.array(range(200_000)))}).to_batches(20_000)
    )
    numbers = np.arange(300_001.0)  # of no whole lines of the cache, as those of pools are
    of_numpy = pa.array(numbers).slice(0, 100)
    del rest
    objects = [*tables, beside, *pieces, chunks, of_numpy]
    assert set(buffer_facts(tmp_path, *objects)) == {(0, 0)}


def test_what_is_not_laid_out_so_is_left_out(tmp_path: Path) -> None:
    others = [
        pa.array([[1, 2], [3]] * 40_000).slice(0, 5), pa.array([{"a": 1}] * 80_000).slice(0, 5),
        pa.array(["a", "b"] * 80_000).dictionary_encode().slice(0, 5), pa.nulls(90_000).slice(0, 5),
    ]  # fmt: skip
    assert set(buffer_facts(tmp_path, *others)) == {(0, 0)}


@pytest.mark.parametrize("count", [300_001, 300_032])
def test_arrays_of_numpy_that_arrow_alone_has(count: int, tmp_path: Path) -> None:
    pd = pytest.importorskip("pandas")

    def numbers() -> Any:
        return np.arange(float(count))

    several = np.arange(3.0 * count).reshape(3, count)
    held = [numbers(), several[1][5:], numbers()]
    parts = [
        pa.array(numbers()).slice(0, 100),
        pa.Table.from_pandas(pd.DataFrame({"a": numbers(), "b": numbers()})).slice(8, 16),
        pa.table({"a": numbers()[7:]}).to_batches()[0].slice(0, 80),
        *(pa.array(each).slice(0, 100) for each in (held[0], several[0], held[2][9:])),
        pa.array(numbers()),
    ]
    told = buffer_facts(tmp_path, *parts)
    assert [keeps for keeps, _ in told] == [8 * count, 16 * count, 8 * count - 56, 0, 0, 0, 0]
    assert [shows for _, shows in told[:3]] == pytest.approx([800, 256, 640], abs=16)


def message(count: int) -> bytes:
    """A batch of two columns of numbers, as it is sent."""
    batch = pa.record_batch([pa.array(range(count)), pa.array(range(count))], names=["a", "b"])
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue().to_pybytes())


def test_bytes_of_python_that_arrow_alone_has(tmp_path: Path) -> None:
    def received(text: bytes) -> Any:
        return pa.ipc.open_stream(text).read_next_batch()

    def numbers(text: bytes, first: int) -> Any:
        return pa.Array.from_buffers(pa.int64(), 100, [None, pa.py_buffer(text)], offset=first)

    held = message(60_000)
    whole = received(message(60_000))
    parts = [
        received(message(60_000)).slice(59_990), received(message(60_000))["b"].slice(0, 10),
        numbers(bytes(800_000), 8), received(held).slice(59_990), whole.slice(0, 10), whole["a"].slice(5, 10),
    ]  # fmt: skip
    pair = received(message(60_000))
    beside = [pair["a"].slice(0, 10), pair["b"]]
    del pair
    told = buffer_facts(tmp_path, *parts, *beside, whole)
    assert [keeps for keeps, _ in told] == [960_000, 480_000, 800_000, 0, 0, 0, 0, 0, 0]
    assert [shows for _, shows in told[:3]] == pytest.approx([160, 80, 800], abs=32)


def test_messages_that_arrow_read_into_its_pools(tmp_path: Path) -> None:
    """The columns of a batch are parts of one buffer, which begins with the head of the message."""
    path = tmp_path / "x.arrow"

    def batch(count: int = 60_000) -> Any:
        path.write_bytes(message(count))
        with pa.OSFile(str(path)) as file:
            return pa.ipc.open_stream(file).read_next_batch()

    parts = [
        batch().slice(59_990),
        pa.Table.from_batches([batch()]).slice(8, 16),
        batch()["b"].slice(0, 10),
    ]
    whole = batch()
    pair = batch()
    beside = [whole, whole.slice(0, 10), pair["a"].slice(0, 10), pair["b"]]
    del pair
    told = buffer_facts(tmp_path, *parts, *beside)
    assert [keeps for keeps, _ in told] == [960_000, 960_000, 480_000, 0, 0, 0, 0]
    assert [shows for _, shows in told[:3]] == pytest.approx([160, 256, 80], abs=32)


PARTS = """
import pyarrow as pa
class Tails:
    def __init__(self): self.tails = {}
    def last(self, table):
        return HERE  # the last
    def read(self, day):
        table = pa.table({"n": pa.array(range(day, day + 60_000)), "text": pa.array([f"{day} {n}" for n in range(60_000)])})
        self.tails[day] = self.last(table)
        KEPT
tails = Tails()
everything = []
for day in range(30): tails.read(day)
print(sum(each.num_rows for each in tails.tails.values()))
"""


def test_parts_that_keep_tables(tmp_path: Path) -> None:
    from tests.heap.test_whole_programs import assert_one_arm_is_told

    bad, good = (
        PARTS.replace("HERE", last).replace("KEPT", "")
        for last in ("table.slice(table.num_rows - 5)", "table.take(list(range(table.num_rows - 5, table.num_rows)))")
    )  # fmt: skip
    assert_one_arm_is_told(tmp_path, "HW305", bad, good, "# the last", within=0.2)


READ = """
import os
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
if os.fork() == 0:
    dice = np.random.default_rng(1)
    with pq.ParquetWriter("days.parquet", pa.schema([(name, pa.float64()) for name in "abcd"]), compression="none") as out:
        for _ in range(30): out.write_table(pa.table({name: dice.random(60_000) for name in "abcd"}))
    os._exit(0)
os.wait()
last = pa.array(range(5))
days, kept = pq.ParquetFile("days.parquet"), []
for day in range(30): kept.append(days.read_row_group(day).HERE)  # the first
print(sum(each.num_rows for each in kept))
"""


def test_parts_of_tables_that_were_read_keep_what_the_pool_has_for_them(tmp_path: Path) -> None:
    from tests.heap.test_whole_programs import assert_one_arm_is_told

    bad, good = (READ.replace("HERE", each) for each in ("slice(0, 5)", "take(last)"))
    assert_one_arm_is_told(tmp_path, "HW305", bad, good, "# the first", within=0.15)


def test_parts_of_tables_that_are_kept_are_not_told(tmp_path: Path) -> None:
    from tests.heap.test_whole_programs import advised

    text = PARTS.replace("HERE", "table.slice(table.num_rows - 5)")
    found, _, _ = advised(
        tmp_path, text.replace("KEPT", "everything.append(table)"), "--snapshot", "peak,end"
    )
    assert "HW305" not in {each["code"] for each in found["findings"]}


def test_rows_of_several_slices_are_counted_once(tmp_path: Path) -> None:
    texts = [f"row {i % 9}" for i in range(60_000)]
    slices = [(0, 20_000), (0, 60_000), (100, 50_000), (30_000, 30_000), (59_000, 1000)]
    kept = [
        pa.chunked_array([whole.slice(*each)]) for whole in [pa.array(texts)] for each in slices
    ]
    found = facts_of(tmp_path, *kept)
    assert sum(rows for rows, _, _ in found) == 60_000
    assert sum(size for _, size, _ in found) == 60_000 * (5 + 4)


def test_a_mapped_file_that_was_cut_harms_nobody(tmp_path: Path) -> None:
    path = tmp_path / "x.arrow"
    table = pa.table({"text": [f"value {i % 9}" for i in range(600_000)]})
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table)
    del table
    kept = pa.ipc.open_file(pa.memory_map(str(path))).read_all()["text"]
    os.truncate(path, path.stat().st_size * 9 // 10)
    assert facts_of(tmp_path, kept) == [[0, 0, 0]]


def test_too_many_values_are_not_counted(tmp_path: Path) -> None:
    kept = pa.chunked_array([[f"user {i}" for i in range(100_000)]])
    heapwise.snapshot(tmp_path / "x.hw")
    snapshot = Snapshot.open(tmp_path / "x.hw")
    node = list(snapshot.nodes("address")).index(id(kept))
    assert snapshot.fact("rows_count", node) == 100_000
    assert not snapshot.fact("values_count", node)


@pytest.mark.parametrize("at, offset", [(500, -1), (500, 10**15), (28_999, 0), (28_998, 99_999)])
def test_a_damaged_column_harms_nobody(tmp_path: Path, at: int, offset: int) -> None:
    """Offsets that go back, or beyond the characters: pyarrow looks at the first and the last alone."""
    offsets = [3 * i for i in range(29_001)]
    offsets[at] = offset
    buffer = pa.array(offsets, pa.int64()).buffers()[1]
    characters = pa.py_buffer(b"xyz" * 29_000)
    kept = pa.chunked_array([pa.LargeStringArray.from_buffers(29_000, buffer, characters)])
    heapwise.snapshot(tmp_path / "x.hw")
    snapshot = Snapshot.open(tmp_path / "x.hw")
    node = list(snapshot.nodes("address")).index(id(kept))
    assert snapshot.fact("rows_count", node) == 29_000
    assert not snapshot.fact("values_count", node)


def test_few_values_are_a_category(tmp_path: Path) -> None:
    few = pa.chunked_array(
        [["a segment of customers", "another one"] * 500_000]
    )  # beside a long run's heap
    many = pa.chunked_array([[f"user {i}" for i in range(50_000)] * 2])
    heapwise.snapshot(tmp_path / "x.hw")
    found = [each for each in advise(Snapshot.open(tmp_path / "x.hw"), least=0).findings if each.code == "HW310"]  # fmt: skip
    assert len(found) == 1, "and none of what has many values"
    category = few.combine_chunks().dictionary_encode()
    # Arrow's codes take four bytes each, those of a category of pandas one; small offsets four.
    true_saving = few.nbytes - category.nbytes + 3 * len(few)
    assert found[0].saving_bytes == pytest.approx(true_saving, rel=0.01)
    assert many.nbytes
