"""HW380: databases in memory stay open.

Each connection of `sqlite3.connect(":memory:")` is a database of its own, in native memory, of which the heap shows an
object of 200 bytes. It stays until the connection is closed, or until nobody has it any more: a list of connections, or
`atexit.register(db.close)`, keeps all.

What to do: `contextlib.closing(sqlite3.connect(...))`, or close it when the job is done, and
`atexit.unregister(db.close)`. Clean: a few, that are asked again.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise import units
from heapwise.analyze.line_costs import LineCosts
from heapwise.analyze.program_source import ProgramSource, program_source, texts_of
from heapwise.analyze.statement import last_name
from heapwise.findings.place import structural
from heapwise.findings.waste import in_use, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW380"
TITLE = "databases in memory stay open"
_CONNECTION, _MANY, _LEAST_SHARE = "sqlite3.Connection", 8, 0.1
_FILLS = {
    "execute",
    "executemany",
    "executescript",
    "commit",
    "backup",
    "deserialize",
    "fetchall",
    "to_sql",
}


def with_source(snapshot: Snapshot, costs: LineCosts) -> Iterator[Finding]:
    """Many open connections, where the program opens databases in memory, by what filling them still held."""
    opened = snapshot.facts.get("open", {})
    nodes = [n for n in in_use(snapshot, snapshot.of_type_exactly(_CONNECTION)) if opened.get(n)]
    source = program_source(snapshot)
    if len(nodes) < _MANY or not _opens_in_memory(source):
        return
    held: dict[tuple[str, int], int] = {}
    for file, line in _filled_at(source):
        cost = costs.of(file, line, line)
        if cost.peak_bytes > cost.python_bytes:
            held[file, line] = cost.peak_bytes - cost.python_bytes
    saving = round(sum(held.values()) * (len(nodes) - 1) / len(nodes))
    if saving >= max(worth_bytes(snapshot), _LEAST_SHARE * costs.peak_bytes):
        yield structural(
            snapshot, nodes[len(nodes) // 2], CODE, TITLE, saving_bytes=saving, confidence=0.7, freed=Freed(lines=held),
            evidence=[f"{len(nodes)} connections are open; the lines that fill databases held "
                      f"{units.size(sum(held.values()))} of native memory at the peak"],
            fix="contextlib.closing(sqlite3.connect(...)), or close() when the job is done",
        )  # fmt: skip


def _opens_in_memory(source: ProgramSource) -> bool:
    return any(
        last_name(call.func) == "connect"
        and any(":memory:" in text or "mode=memory" in text for text in texts_of(call))
        for call in source.of(ast.Call)
    )


def _filled_at(source: ProgramSource) -> set[tuple[str, int]]:
    """The lines of calls that ask a database."""
    return {
        (source.file_of(call), line)
        for call in source.of(ast.Call) if isinstance(call.func, ast.Attribute) and call.func.attr in _FILLS
        for line in range(call.lineno, (call.end_lineno or call.lineno) + 1)
    }  # fmt: skip
