"""HW397: the columns of a table take what the reader takes for all.

Where nothing is said, `read_csv` makes int64 of whole numbers, float64 of others, and texts of what is a text: an age
takes eight bytes and needs one, one of five states takes its characters in each row. At the peak, while it reads,
pandas has such columns twice: as the parts of the file were read, and put together.

What to do: say the types where it is read, `read_csv(path, dtype={"age": "int8", "price": "float32", "state":
"category"})`: of whole numbers the narrowest that holds all, a category of texts with few values, float32 of numbers
of six digits at most, which are printed as before. Costs: sums and products of narrow columns may need a wider type;
float32 has seven digits. Clean: columns that need what they have; tables that are a small part of the heap; those of
which most of the saving would be float32's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from heapwise import units
from heapwise.analyze.frame_columns import FRAMES, arrays_of
from heapwise.analyze.line_costs import LineCosts
from heapwise.findings import hw310_object_columns
from heapwise.findings.place import structural
from heapwise.findings.waste import in_use, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot
from heapwise.model.tables import Frame

CODE = "HW397"
TITLE = "columns with the types of the reader"
_PARTS = frozenset(("HW308", "HW310"))
"""What else speaks of columns, one array at a time."""
_READERS, _PARSER = "pandas/io/parsers/", "c_parser_wrapper.py"
_ARROW = "pandas/core/arrays/"
_PARALLEL = "_read_csv_chunks"
"""Of pandas 3: with types by name it puts the columns together when the buffers of the text have gone."""
_LEAST_SHARE = 0.1
_WIDTHS = {1: "int8 or uint8", 2: "int16 or uint16", 4: "int32, uint32 or float32"}
_FLOAT32_BYTES = 4
_MOST_ROOM = 2.0
"""Of what texts take, while Arrow's builders make room for more."""


@dataclass
class _Table:
    """What was read into one frame. made_by: (file, function) that put its numbers together. numbers_bytes: of its
    columns of numbers; exact_bytes, digits_bytes, texts_bytes: what goes with types that hold all of them, with float32
    for numbers of few digits, with categories; types: what to say -> of how many columns. characters_bytes: of those
    columns of Arrow that could be categories."""

    frame: int
    made_by: tuple[str, str] = ("", "")
    numbers_bytes: int = 0
    exact_bytes: int = 0
    digits_bytes: int = 0
    texts_bytes: int = 0
    characters_bytes: int = 0
    types: Counter[str] = field(default_factory=Counter)

    @property
    def saved_bytes(self) -> int:
        """Of the columns of numbers."""
        return self.exact_bytes + self.digits_bytes


def at_end(snapshot: Snapshot, costs: LineCosts) -> Iterator[Finding]:
    """Frames that pandas read, by the program's line."""
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    found: dict[Frame, list[_Table]] = {}
    frames = in_use(snapshot, [node for kind in FRAMES for node in snapshot.of_type_exactly(kind)])
    texts = hw310_object_columns.savings_of(snapshot) if frames else {}
    for frame in frames:
        at = snapshot.allocated_at(frame)
        table = _table(snapshot, frame, texts)
        if at is not None and table.saved_bytes + table.texts_bytes:
            found.setdefault(at, []).append(table)
    for at, tables in found.items():
        if sum(each.digits_bytes for each in tables) > sum(
            each.exact_bytes + each.texts_bytes for each in tables
        ):
            continue  # most of it would be float32's, which is not the same number
        now = sum(each.saved_bytes + each.texts_bytes for each in tables)
        saving = _at_peak(tables, costs.held_by_library(at.file, at.line))
        if now >= least and saving >= least:
            yield _finding(snapshot, at, tables, now, saving)


def _table(snapshot: Snapshot, frame: int, texts: Mapping[int, int]) -> _Table:
    table = _Table(frame)
    for node in arrays_of(snapshot, frame):
        stack = snapshot.stack_of(node)
        if not any(_READERS in each.file for each in stack):
            continue
        if node in texts:
            table.texts_bytes += texts[node]
            table.types["category"] += 1
            table.characters_bytes += snapshot.fact("column_bytes", node)
        count = snapshot.fact("columns_count", node)
        if not count:
            continue
        bytes_each, values = (
            snapshot.fact(name, node) for name in ("element_bytes", "elements_count")
        )
        rows = values // count
        table.made_by = stack[-1].file, stack[-1].function
        table.numbers_bytes += values * bytes_each
        for width, name in _WIDTHS.items():
            columns = snapshot.fact(f"columns_of_{width}", node)
            table.exact_bytes += columns * rows * (bytes_each - width)
            table.types[name] += columns
        columns = snapshot.fact("columns_of_digits", node)
        table.digits_bytes += columns * rows * (bytes_each - _FLOAT32_BYTES)
        table.types["float32"] += columns
    return table


def _at_peak(tables: Sequence[_Table], held: Mapping[tuple[str, str], float]) -> int:
    """What is saved of what the line held at the peak: of the tables that were there, and of the one that was being
    read then, whose columns are there a second time, in the parts that were read."""
    made_by = {each.made_by for each in tables}
    together = sum(size for place, size in held.items() if place in made_by)
    numbers = sum(each.numbers_bytes for each in tables)
    there = min(1.0, together / numbers) if numbers else 1.0
    saving = there * sum(each.saved_bytes for each in tables)
    texts = sum(each.texts_bytes for each in tables)
    largest = max(tables, key=lambda each: each.numbers_bytes)
    parts = sum(size for (file, _), size in held.items() if file.endswith(_PARSER))
    is_put_together = not largest.made_by[0].endswith(_PARSER)
    if largest.numbers_bytes and is_put_together and parts >= largest.numbers_bytes:
        saving += largest.saved_bytes
        if largest.made_by[1] == _PARALLEL:
            left = largest.numbers_bytes - largest.saved_bytes
            saving += min(1.0, together / largest.numbers_bytes) * left
        return round(saving + texts)
    characters = sum(each.characters_bytes for each in tables)
    if characters:
        of_texts = sum(size for (file, _), size in held.items() if _ARROW in file)
        there = min(_MOST_ROOM, of_texts / characters)
    return round(saving + there * texts)


def _finding(
    snapshot: Snapshot, at: Frame, tables: Sequence[_Table], now: int, saving: int
) -> Finding:
    types = sum((each.types for each in tables), Counter[str]())
    said = [f"{count} {name}" for name, count in types.most_common()]
    several = f"{len(tables)} tables" if len(tables) > 1 else "the table"
    told = [
        f"columns of {several} take {units.size(now)} more than they need: {'; '.join(said)} would do"
    ]
    if saving > now:
        told.append(f"while it is read more of them is there: {units.size(saving)} of the peak")
    largest = max(tables, key=lambda each: each.saved_bytes + each.texts_bytes)
    return structural(
        snapshot, largest.frame, CODE, TITLE, saving_bytes=saving, evidence=told, confidence=0.8,
        fix="read_csv(path, dtype={column: type}): for each column the narrowest type that holds it",
        freed=Freed(lines={(at.file, at.line): saving}, complete=True, later_bytes=now),
    )  # fmt: skip


def without_parts(found: Iterable[Finding], tables: Iterable[Finding]) -> list[Finding]:
    """Findings but those on single arrays of tables that are told of as a whole."""
    told = {(each.file, each.line) for each in tables if each.code == CODE}
    return [each for each in found if each.code not in _PARTS or (each.file, each.line) not in told]
