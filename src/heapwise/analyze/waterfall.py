"""Where does the resident set go? Parts that add up to it, from live Python objects to mapped files.

Every mapping of the process belongs to one part, so that the parts add up by themselves; within the heaps
of pymalloc and of malloc the allocators' own counts tell used from free.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from heapwise.analyze.pins import ARENA_BYTES, SMALL_BYTES, no_pins, pins
from heapwise.model.heap_tables import Mapped
from heapwise.model.snapshot import Snapshot
from heapwise.model.table import Table

_MALLOC_ARENA_BYTES = 64 << 20
_GUARD_MOST_BYTES = 1 << 20
_STACK_LEAST_BYTES = 128 << 10
_POOL_LEAST_BYTES = 64 << 20
"""Of a reservation that is touched as it is used: what Arrow's mimalloc, jemalloc and torch do."""
LEAST_SLACK_BYTES, LEAST_SLACK_SHARE = 16 << 20, 0.2
"""Of the resident set (the second), and at all: less that is free is not worth a word."""
_WRITABLE, _EXECUTABLE, _SHARED, _READABLE = 2, 4, 8, 1
_LIBRARY = re.compile(r"\.so(\.|$)|/bin/|python[\d.]*$")

PYMALLOC, HEAP, STACK, SHARED, CODE, DATA, FILES, POOL, OTHER = (
    "pymalloc", "malloc", "stacks", "shared", "code", "data", "files", "pool", "other",
)  # fmt: skip


@dataclass(frozen=True)
class Waterfall:
    """parts: name, bytes, source; they add up to rss_bytes with unexplained_bytes. beside: PSS, USS, and what
    is no part of the resident set. pins: arenas of pymalloc that are nearly empty; pinned_by: what keeps most of
    them. tried: what settings of the allocators gave back; given_back: what the process itself did; where that was
    asked for."""

    rss_bytes: int
    unexplained_bytes: int
    parts: Table
    beside: Table
    pins: Table
    pinned_by: Table
    notes: Sequence[str] = ()
    tried: Table | None = None
    given_back: Table | None = None


def of_snapshot(snapshot: Snapshot, limit: int = 10) -> Waterfall:
    """The waterfall of a process at the moment of a snapshot."""
    kinds = _kinds(snapshot.mappings, _small_addresses(snapshot))
    rss = snapshot.figure("rss_bytes")
    mapped = _sums(snapshot.mappings, kinds)
    rows = [*_pymalloc(snapshot, mapped), *_malloc(snapshot, mapped), *_rest(mapped)]
    rows = [row for row in rows if row[1] > 0]
    other = next((size for name, size, _ in rows if name == _OTHER_NAME), 0)
    explained = sum(size for _, size, _ in rows)
    unexplained = rss - explained
    if unexplained > 0:
        rows.append(
            ("not attributed", unexplained, "resident by statm, in no mapping that was read")
        )
    notes = []
    missing = _large_python_bytes(snapshot) - next(
        (size for name, size, _ in rows if name == _LARGE_NAME), 0
    )
    if missing > 0.02 * rss:
        notes.append(
            f"{missing} bytes of large objects are not resident: never touched, or given back."
        )
    if other > 0.05 * rss:
        notes.append(
            f"{other} bytes are anonymous memory that no allocator known here speaks for: pools of "
            "libraries, or mappings of the program."
        )
    notes += _notes_of_slack(rss, rows, snapshot, kinds)
    arenas = zip(snapshot.mappings, kinds, strict=True)
    begins = sorted(mapping.begin for mapping, kind in arenas if kind == PYMALLOC)
    return Waterfall(
        rss, max(unexplained, 0), _parts(rows), _beside(list(map(_unforked, snapshot.mappings))),
        *pins(snapshot, begins, limit), notes,
    )  # fmt: skip


def slack(snapshot: Snapshot) -> Mapping[str, int]:
    """Allocator (`malloc`, `pymalloc`) -> resident bytes that are free in its heap and arenas."""
    kinds = _kinds(snapshot.mappings, _small_addresses(snapshot))
    mapped = _sums(snapshot.mappings, kinds)
    sizes = {
        name: size for name, size, _ in (*_pymalloc(snapshot, mapped), *_malloc(snapshot, mapped))
    }
    return {"malloc": sizes[_MALLOC_SLACK_NAME], "pymalloc": sizes[_PYMALLOC_SLACK_NAME]}


def _notes_of_slack(
    rss: int, rows: Sequence[tuple[str, int, str]], snapshot: Snapshot, kinds: Sequence[str]
) -> list[str]:
    """What is free, and looks like a leak from outside."""
    sizes = {name: size for name, size, _ in rows}
    least = max(LEAST_SLACK_BYTES, LEAST_SLACK_SHARE * rss)
    found = []
    if sizes.get(_MALLOC_SLACK_NAME, 0) >= least:
        of_threads = [
            mapping.rss_bytes
            for mapping, kind in zip(snapshot.mappings, kinds, strict=True)
            if kind == HEAP and not mapping.name and mapping.flags & _WRITABLE and mapping.rss_bytes
        ]
        live = sizes.get(_LARGE_NAME, 0) + sizes.get(_NATIVE_NAME, 0)
        found.append(
            f"{sizes[_MALLOC_SLACK_NAME]} bytes are free memory in malloc's heap and in {len(of_threads)} arenas of "
            f"threads ({sum(of_threads)} bytes resident), not a leak: {live} bytes of malloc's are live. --try "
            "measures what gives it back."
        )
    if sizes.get(_PYMALLOC_SLACK_NAME, 0) >= least:
        found.append(
            f"{sizes[_PYMALLOC_SLACK_NAME]} bytes are free blocks and empty pools of pymalloc, not a leak. "
            "heapwise.trim() in the program, or --try with its PID, gives back the pages of empty pools."
        )
    return found


def of_mappings(mappings: Sequence[Mapped]) -> Waterfall:
    """The waterfall of any process by its mappings alone: used and free are not told apart."""
    kinds = _kinds(mappings, [])
    mapped = _sums(mappings, kinds)
    rows = [
        ("heap of malloc, used and free", mapped[HEAP], "[heap] and arenas, smaps"),
        (_OTHER_NAME, mapped[OTHER], "pymalloc's arenas, mapped blocks, pools of libraries"),
        *_rest(mapped),
    ]
    rows = [row for row in rows if row[1] > 0]
    rss = sum(mapping.rss_bytes for mapping in mappings)
    notes = (
        "From outside only mappings are seen: which part of them is live Python, a snapshot tells "
        "(heapwise run --snapshot signal, then heapwise snapshot PID).",
    )
    return Waterfall(rss, 0, _parts(rows), _beside(mappings), *no_pins(), notes)


def given_back(steps: Sequence[Mapping[str, Any]]) -> Table:
    """name, before_bytes, after_bytes, saving_bytes, took_ms, refusal: what steps in the process came to, as it
    measured them."""
    names = ("name", "before_bytes", "after_bytes", "took_ms", "refusal")
    columns = {name: [step[name] for step in steps] for name in names}
    pairs = zip(columns["before_bytes"], columns["after_bytes"], strict=True)
    columns["saving_bytes"] = [before - after for before, after in pairs]
    return Table("given_back", columns)


_OTHER_NAME = "other anonymous memory"
_LARGE_NAME = "large Python objects"
_NATIVE_NAME = "native allocations"
_MALLOC_SLACK_NAME, _PYMALLOC_SLACK_NAME = "slack of malloc", "slack of pymalloc"


def _parts(rows: Sequence[tuple[str, int, str]]) -> Table:
    names, sizes, sources = (
        (list(column) for column in zip(*rows, strict=True)) if rows else ([], [], [])
    )
    return Table("rss", {"name": names, "bytes": sizes, "source": sources})


def _small_addresses(snapshot: Snapshot) -> list[int]:
    """Addresses of small objects, sorted: they lie in pymalloc's arenas."""
    pairs = zip(snapshot.nodes("address"), snapshot.nodes("size_bytes"), strict=True)
    return sorted(address for address, size in pairs if address and 0 < size <= SMALL_BYTES)


def _kinds(mappings: Sequence[Mapped], small: Sequence[int]) -> list[str]:
    """What each mapping is."""
    found = []
    for number, mapping in enumerate(mappings):
        before = mappings[number - 1] if number else None
        found.append(_kind(mapping, before, small))
    return found


def _kind(mapping: Mapped, before: Mapped | None, small: Sequence[int]) -> str:
    name = mapping.name
    if name.startswith(("/dev/shm", "/memfd:", "/SYSV", "/dev/zero")) or (
        mapping.flags & _SHARED and not name
    ):
        return SHARED
    if name.startswith("/"):
        if not _LIBRARY.search(name):
            return FILES
        return DATA if mapping.flags & _WRITABLE else CODE
    if name == "[heap]":
        return HEAP
    if name.startswith("[stack"):
        return STACK
    if name.startswith("[v"):
        return CODE
    size = mapping.end - mapping.begin
    held = bisect_right(small, mapping.end) - bisect_right(small, mapping.begin)
    if held and held * 16 >= min(size, ARENA_BYTES) // 4096:
        return PYMALLOC
    if mapping.begin % _MALLOC_ARENA_BYTES == 0 and size <= _MALLOC_ARENA_BYTES and not held:
        return HEAP
    if before is not None and _is_guard(before, mapping) and size >= _STACK_LEAST_BYTES:
        return STACK
    if before is not None and before.end == mapping.begin and before.name.startswith("/"):
        return DATA  # .bss behind a library's data
    if held:
        return PYMALLOC
    return POOL if size >= _POOL_LEAST_BYTES and mapping.rss_bytes < size // 2 else OTHER


def _is_guard(before: Mapped, mapping: Mapped) -> bool:
    """Whether a mapping without any access stands right below: the guard of a thread's stack."""
    closed = before.flags & (_READABLE | _WRITABLE | _EXECUTABLE) == 0
    return closed and before.end == mapping.begin and before.end - before.begin <= _GUARD_MOST_BYTES


def _sums(mappings: Sequence[Mapped], kinds: Sequence[str]) -> dict[str, int]:
    names = (PYMALLOC, HEAP, STACK, SHARED, CODE, DATA, FILES, POOL, OTHER)
    sums = dict.fromkeys(names, 0)
    for mapping, kind in zip(mappings, kinds, strict=True):
        if kind == DATA and mapping.name:
            sums[DATA] += mapping.anonymous_bytes
            sums[CODE] += mapping.rss_bytes - mapping.anonymous_bytes
        else:
            sums[kind] += mapping.rss_bytes
    return sums


def _pymalloc(snapshot: Snapshot, mapped: Mapping[str, int]) -> list[tuple[str, int, str]]:
    """Arenas: used blocks, free lists, and the rest of what is resident."""
    resident = mapped[PYMALLOC]
    said = allocator_figures(snapshot.allocators_text)
    used = min(said.get("used", 0), resident)
    free_lists = min(said.get("free_lists", 0), used)
    return [
        ("small Python objects", used - free_lists, "pymalloc's blocks in use"),
        (
            "free lists of the interpreter",
            free_lists,
            "freed objects kept for the next of their type",
        ),
        (
            _PYMALLOC_SLACK_NAME,
            resident - used,
            "free blocks, empty pools and headers in its arenas",
        ),
    ]


def _malloc(snapshot: Snapshot, mapped: Mapping[str, int]) -> list[tuple[str, int, str]]:
    """The C library's heap and arenas, and the blocks that it maps one by one."""
    resident, anonymous = mapped[HEAP], mapped[OTHER]
    used = snapshot.figure("malloc_used_bytes")
    blocks = min(snapshot.figure("malloc_mapped_bytes"), anonymous)
    large = _large_python_bytes(snapshot)
    in_use = min(used, resident)
    python = min(large, in_use + blocks)
    own = min(snapshot.figure("own_bytes"), anonymous - blocks)
    source = "objects above 512 bytes: data of arrays, strings, lists, tables of dicts"
    return [
        (_LARGE_NAME, python, source),
        (
            _NATIVE_NAME,
            in_use + blocks - python,
            "malloc's blocks in use that are no Python object",
        ),
        (
            _MALLOC_SLACK_NAME,
            resident - in_use,
            "freed blocks in its heap and arenas, not given back",
        ),
        ("Heapwise itself", own, "tables of the recorder"),
        (_OTHER_NAME, anonymous - blocks - own, "pools of libraries, mmap"),
    ]


def _large_python_bytes(snapshot: Snapshot) -> int:
    """Bytes of objects that are not in pymalloc's arenas."""
    said = allocator_figures(snapshot.allocators_text)
    small = said.get("used", 0) - said.get("free_lists", 0)
    return max(0, snapshot.figure("shallow_bytes") - small)


def _rest(mapped: Mapping[str, int]) -> list[tuple[str, int, str]]:
    return [
        (
            "pools of libraries",
            mapped[POOL],
            "touched pages of large reservations: Arrow, jemalloc, torch",
        ),
        ("stacks", mapped[STACK], "of the main thread and of others, as far as they were touched"),
        (
            "data of programs and libraries",
            mapped[DATA],
            "written pages of their images: .data, .bss",
        ),
        (
            "code and constants",
            mapped[CODE],
            "pages of executables and libraries, shared with others",
        ),
        ("mapped files", mapped[FILES], "pages of data files"),
        ("shared memory", mapped[SHARED], "shared with other processes"),
    ]


def allocator_figures(text: str) -> dict[str, int]:
    """used, free (in pools), unused_pools, arenas, free_lists: bytes, from what the allocators print."""
    found: dict[str, int] = {}
    names = {
        "# bytes in allocated blocks": "used",
        "# bytes in available blocks": "free",
        "unused pools": "unused_pools",
        "bytes/arena": "arenas",
    }
    for line in text.splitlines():
        match = re.search(r"=\s*([\d,]+)\s*$", line)
        if match is None:
            continue
        value = int(match[1].replace(",", ""))
        for word, name in names.items():
            if word in line:
                found[name] = value
        if re.search(r"\bfree\b.* bytes each =", line):
            found["free_lists"] = found.get("free_lists", 0) + value
    return found


def _unforked(mapping: Mapped) -> Mapped:
    """A mapping as it was before the child that looked at it was forked: its anonymous pages were shared
    with one process less."""
    shared = mapping.anonymous_bytes
    if not shared or mapping.flags & _SHARED:
        return mapping
    pss = min(mapping.pss_bytes + shared // 2, mapping.rss_bytes)
    alone = pss >= 0.98 * mapping.rss_bytes
    private = max(mapping.private_bytes, shared if alone else 0)
    return mapping._replace(pss_bytes=pss, private_bytes=private)


def _beside(mappings: Sequence[Mapped]) -> Table:
    pss = sum(mapping.pss_bytes for mapping in mappings)
    uss = sum(mapping.private_bytes for mapping in mappings)
    return Table(
        "beside",
        {
            "name": ["PSS", "USS"],
            "bytes": [pss, uss],
            "source": [
                "shared pages divided among those who share them",
                "pages of this process alone",
            ],
        },
    )
