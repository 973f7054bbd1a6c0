"""HW380: databases stay open, with what is in memory of them.

Each connection of `sqlite3.connect(":memory:")` is a database of its own, in native memory, of which the heap shows an
object of 200 bytes. It stays until the connection is closed, or until nobody has it any more: a list of connections, or
`atexit.register(db.close)`, keeps all.

A connection to a file keeps the pages that it read, up to 2 MB unless `PRAGMA cache_size` says otherwise. So stays each
table of a name that is made, `create table scratch_{number}`, until it is dropped.

What to do: `drop table` when the job is done; `contextlib.closing(sqlite3.connect(...))`, or close it when the job is
done, and `atexit.unregister(db.close)`. Costs: what was in memory is gone with it. Clean: a few, that are asked again.
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
OF_FILES = "connections keep the pages that they read"
OF_TABLES = "tables stay in a database in memory"
_CONNECTION, _MANY, _LEAST_SHARE = "sqlite3.Connection", 8, 0.1
_FILLS = {
    "connect", "execute", "executemany", "executescript", "commit", "backup", "deserialize", "fetchall", "to_sql",
}  # fmt: skip


def with_source(snapshot: Snapshot, costs: LineCosts) -> Iterator[Finding]:
    """Many open connections, or tables, where the program opens databases in memory, by what filling them held."""
    opened = snapshot.facts.get("open", {})
    nodes = [n for n in in_use(snapshot, snapshot.of_type_exactly(_CONNECTION)) if opened.get(n)]
    source = program_source(snapshot)
    if not nodes:
        return
    in_memory = _opens_in_memory(source)
    held: dict[tuple[str, int], int] = {}
    for file, line in _filled_at(source):
        cost = costs.of(file, line, line)
        if cost.peak_bytes > cost.python_bytes:
            held[file, line] = cost.peak_bytes - cost.python_bytes
    size = sum(held.values())
    if len(nodes) >= _MANY:
        title, what = TITLE if in_memory else OF_FILES, f"{len(nodes)} connections are open"
        saving = round(size * (len(nodes) - 1) / len(nodes))
        fix = "contextlib.closing(sqlite3.connect(...)), or close() when the job is done"
    elif in_memory and _makes_tables(source):
        title, what = OF_TABLES, "tables of names that are made stay: nothing drops one"
        saving = size
        fix = 'db.execute(f"drop table {name}") when its rows have been read'
    else:
        return
    if saving >= max(worth_bytes(snapshot), _LEAST_SHARE * costs.peak_bytes):
        yield structural(
            snapshot, nodes[len(nodes) // 2], CODE, title, saving_bytes=saving, confidence=0.7, freed=Freed(lines=held),
            evidence=[f"{what}; the lines that ask and fill them held {units.size(size)} of native memory at the peak"],
            fix=fix,
        )  # fmt: skip


def _makes_tables(source: ProgramSource) -> bool:
    """`create table scratch_{n}`, and no `drop table`."""
    texts = [text.lower() for each in source.of(ast.Constant) for text in texts_of(each)]
    made = any(
        isinstance(part, ast.Constant) and "create t" in str(part.value).lower()
        for each in source.of(ast.JoinedStr) for part in each.values[:1] if len(each.values) > 1
    )  # fmt: skip
    return made and not any("drop table" in text for text in texts)


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
