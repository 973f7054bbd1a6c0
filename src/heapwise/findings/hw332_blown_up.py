"""HW332: a line makes many times what it is given.

An expression on arrays makes each of its steps whole: the differences of all points to all centres, `a[:, None] -
b[None, :]`; a square of a side as long as the data, `np.linalg.svd(a)`; one dense row for each of a sparse matrix, when
a single one is wanted; every pair of two categories; every row of one table with every row of the other. The recording
tells what the line held at the peak, the snapshot what it was given: where the first is several times the second, and
a good part of the peak, the line is what the peak is made of.

What to do: take the part first and then work it out; work in blocks of rows; aggregate before joining; options that
make less (`full_matrices=False`, `observed=True`, `sparse=True`). Costs: a loop over the blocks. Clean: lines that read
from files or make something from sizes; results that are about as large as what they were made of, or would be in the
same type, as floats of bytes; lines of Python's own objects, those that write data as a text, and those whose texts and
bytes are gathered, one from each call.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from heapwise import units
from heapwise.analyze.given import named, reached, running
from heapwise.analyze.line_costs import LineCosts
from heapwise.analyze.statement import Statement, statement_at
from heapwise.findings.transient import is_of_library
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW332"
TITLE = "a line makes many times what it is given"
_LEAST_SHARE, _LEAST_RATIO, _LEAST_BYTES = 0.4, 3, 4 << 20
_LEAST_GIVEN_BYTES = 64 << 10
_SEVERAL, _ALIKE, _GATHERED_SHARE = 4, 10, 0.5
_IN_HAND = ("<thread>", "memoryview")
_WIDEST_BYTES = 8
_READING = ("read", "load", "parse", "open", "decode")
_WRITING = ("dump", "serialize", "to_json", "packb", "encode", "model_dump")
_READERS = (
    ".NpzFile", ".TextIOWrapper", ".BufferedReader", ".GzipFile", ".ZipFile", ".ZipExtFile", ".TarFile",
    "h5py._hl.files.File", "h5py._hl.dataset.Dataset", "netCDF4._netCDF4.Variable", "netCDF4._netCDF4.Dataset",
    "sqlite3.Connection", "sqlite3.Cursor", "ImageFile",
)  # fmt: skip
"""What a line asks for data that is not in memory."""
_OF_SIZES = frozenset(("bytes", "bytearray", "zeros", "ones", "empty", "full", "RawArray", "mmap"))
_WITH_SIZES = _OF_SIZES | {"array", "len", "int", "max", "min", "sum"}
_HINTS = {
    "svd": "full_matrices=False, or compute_uv=False",
    "qr": 'mode="reduced"',
    "groupby": "observed=True; or keys that are no categories",
    "pivot_table": "observed=True; or keys that are no categories",
    "merge": "aggregate or filter each side before joining",
    "join": "aggregate or filter each side before joining",
    "toarray": "take the part first: m[i].toarray(); or stay sparse",
    "todense": "take the part first: m[i].toarray(); or stay sparse",
    "get_dummies": "sparse=True; or count the values",
    "stack": "work on one at a time",
    "vstack": "work on one at a time",
    "concatenate": "work on one at a time",
    "explode": "aggregate before exploding",
    "outer": "work in blocks of rows",
    "cdist": "work in blocks of rows",
    "pairwise_distances": "pairwise_distances_chunked",
    "array": "work on one at a time, or with a view",
}
_ELSE = "work in blocks of rows, or with a function that needs no such temporaries"


_DENSE = frozenset(("toarray", "todense"))
Line = tuple[str, int]
_NEXT_TO_NOTHING: Mapping[Line, int] = {("", 0): _LEAST_GIVEN_BYTES}
"""What a sparse matrix is taken for that is small, or that nobody knows any more, as a function has given back what it
made of it."""


def at_peak(snapshot: Snapshot, costs: LineCosts) -> Iterator[Finding]:
    """Lines of functions that ran at the peak, whose arrays take several times what the names they read lead to; with
    the lines that work on what these made."""
    frames = running(snapshot)
    looked_at = list(_looked_at(snapshot, costs, frames))
    gathered = _gathered(snapshot)
    first = [
        each for each in looked_at
        if each.is_blown_up() and gathered.get(each.line, 0) < _GATHERED_SHARE * each.held
    ]  # fmt: skip
    made = {each.line for each in first}
    for each in first:
        after = _working_on(each, looked_at, made, list(_handed_to(each, costs)))
        if each.held + sum(other.held for other in after) >= _LEAST_SHARE * costs.peak_bytes:
            yield _finding(each, after)


def _gathered(snapshot: Snapshot) -> Mapping[Line, int]:
    """The bytes of large texts, bytes and arrays by the line that made them, where they are several: it makes one at a
    time, and something keeps them. (No object leads to the steps of an expression that is being worked out.)"""
    sizes = snapshot.nodes("size_bytes")
    found: dict[Line, list[int]] = {}
    for kind in ("bytes", "bytearray", "str", "numpy.ndarray"):
        for node in snapshot.of_type_exactly(kind):
            at = snapshot.allocated_at(node) if sizes[node] >= _LEAST_GIVEN_BYTES else None
            if at is not None and _is_kept(snapshot, node):
                found.setdefault((at.file, at.line), []).append(sizes[node])
    alike = {
        line: [size for size in each if _ALIKE * size >= max(each)] for line, each in found.items()
    }
    return {line: sum(each) for line, each in alike.items() if len(each) >= _SEVERAL}


def _is_kept(snapshot: Snapshot, node: int) -> bool:
    """Whether something keeps it beside the functions of a library that is at work, and the views that these have."""
    for holder in snapshot.above(node):
        kind = snapshot.type_of(holder)
        if kind == "<frame>":
            return not is_of_library(snapshot, holder)
        if kind in _IN_HAND:
            return False
    return True


def _handed_to(first: _Line, costs: LineCosts) -> Iterator[_Line]:
    """The statements that get what a line makes, as their functions are given it by `return`."""
    statement = first.statement
    for path, line in costs.callers_of(*first.line) if statement.returns else ():
        found = statement_at(path.read_text("utf-8", "replace"), line)
        if found is None:
            return
        yield _Line((str(path), line), found, 0, {}, {}, frozenset())
        if not found.returns:
            return


def _working_on(
    first: _Line, looked_at: Sequence[_Line], made: Collection[Line], handed: Sequence[_Line]
) -> list[_Line]:
    """The lines that work on what one made, or on what such a line made, and were given little besides. What was not
    bound yet when the snapshot was taken is known by its name. handed: those that what it made is given back to."""
    lines, found = {first.line}, []
    begun = (first, *handed)
    names = {each.place: set(each.statement.binds) for each in reversed(begun)}
    for _ in looked_at:
        for other in looked_at:
            if other.line in lines or other.line in made:
                continue
            known = names.get(other.place, set())
            after = any(other.comes_after(each) for each in begun)
            if not other.given and after and other.works_on(known):
                lines.add(other.line)
                found.append(other)
                known |= other.statement.binds
            if lines.isdisjoint(other.given):
                continue
            if other.is_large(other.rest(lines | set(made))):
                lines.add(other.line)
                found.append(other)
    return found


@dataclass(frozen=True)
class _Line:
    """line: (file, line). held: bytes of its arrays at the peak. given: (file, line) that made it -> bytes of what its
    names lead to; widened: the same, were each of its arrays of the widest type."""

    line: Line
    statement: Statement
    held: int
    given: Mapping[Line, int]
    widened: Mapping[Line, int]
    types: frozenset[str]

    def rest(self, without: Collection[Line]) -> Mapping[Line, int]:
        """What it was given that other lines made, in the widest type."""
        return {line: size for line, size in self.widened.items() if line not in without}

    def is_large(self, given: Mapping[Line, int]) -> bool:
        """Whether it made several times as much as that."""
        return self.held >= _LEAST_RATIO * sum(given.values())

    @property
    def place(self) -> tuple[str, str]:
        """(file, function)."""
        return self.line[0], self.statement.function

    def comes_after(self, first: _Line) -> bool:
        """Whether it stands below a line, in the same function."""
        return self.place == first.place and self.line[1] > first.line[1]

    def works_on(self, names: Set[str]) -> bool:
        """Whether all the data that it reads have some of these names."""
        read = {each.partition(".")[0] for each in self.statement.reads}
        return bool(read) and read <= names

    def is_blown_up(self) -> bool:
        """Whether it was given data, and made several times as much."""
        return sum(self.given.values()) >= _LEAST_GIVEN_BYTES and self.is_large(self.widened)


def _looked_at(
    snapshot: Snapshot, costs: LineCosts, frames: Mapping[str, Sequence[int]]
) -> Iterator[_Line]:
    has_sparse = any(name.startswith("scipy.sparse.") for name in snapshot.type_names)
    for path, line, held in costs.of_large_blocks(_LEAST_BYTES):
        statement = statement_at(path.read_text("utf-8", "replace"), line)
        if statement is None or _reads(statement):
            continue
        is_dense = has_sparse and not statement.calls.isdisjoint(_DENSE)
        if statement.function not in frames and not is_dense:
            continue
        if statement.calls & _OF_SIZES and statement.calls <= _WITH_SIZES:
            continue  # what it was given is a size
        named_nodes = list(named(snapshot, frames.get(statement.function, ()), statement.reads))
        types = frozenset(snapshot.type_of(node) for node in named_nodes)
        if any(name.endswith(_READERS) for name in types):
            continue
        given, widened = _given(snapshot, named_nodes, (str(path), line))
        if is_dense and sum(given.values()) < _LEAST_GIVEN_BYTES:
            given = widened = _NEXT_TO_NOTHING
        yield _Line((str(path), line), statement, held, given, widened, types)


def _reads(statement: Statement) -> bool:
    """Whether it makes data of a text or file, which is small, and parsers reserve more than they touch; or a text of
    data, whose buffer doubles as it grows."""
    return any(name.startswith((*_READING, *_WRITING)) for name in statement.calls)


def _given(
    snapshot: Snapshot, nodes: Sequence[int], line: Line
) -> tuple[Mapping[Line, int], Mapping[Line, int]]:
    """What nodes lead to, without what the line itself made, by the line that did: as it is, and in the widest type."""
    sizes, counts = snapshot.nodes("size_bytes"), snapshot.facts.get("elements_count", {})
    found: dict[Line, int] = {}
    widened: dict[Line, int] = {}
    for node in reached(snapshot, nodes):
        at = snapshot.allocated_at(node) if sizes[node] >= _LEAST_GIVEN_BYTES else None
        made = (at.file, at.line) if at is not None else ("", 0)
        if made != line:
            found[made] = found.get(made, 0) + sizes[node]
            wide = max(sizes[node], _WIDEST_BYTES * counts.get(node, 0))
            widened[made] = widened.get(made, 0) + wide
    return found, widened


def _finding(found: _Line, after: Sequence[_Line]) -> Finding:
    calls = {*found.statement.calls, *("groupby" for name in found.types if "GroupBy" in name)}
    hints = [hint for name, hint in _HINTS.items() if name in calls]
    given = sum(found.given.values())
    told = [
        f"it held {units.size(found.held)} at the peak, {found.held / given:.0f} times the {units.size(given)} that "
        "the names in it lead to"
    ] if found.given is not _NEXT_TO_NOTHING else [
        f"every zero of a sparse matrix has its bytes: it held {units.size(found.held)} at the peak"
    ]  # fmt: skip
    told += [
        f"line {each.line[1]} works on that, and held {units.size(each.held)}" for each in after
    ]
    lines = {each.line: each.held for each in (found, *after)}
    (path, line) = found.line
    return Finding(
        CODE, TITLE, path, line, found.statement.function, "", tuple(told), sum(lines.values()) - given,
        "computed from the recording", 0.6, hints[0] if hints else _ELSE, freed=Freed(lines=lines),
    )  # fmt: skip
