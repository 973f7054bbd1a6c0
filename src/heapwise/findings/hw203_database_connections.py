"""HW203: database connections are opened and not closed.

A connection holds a socket or a file, a cache of pages and prepared statements, and a slot of the server.

What to do: `with contextlib.closing(sqlite3.connect(path)) as database: ...`; with SQLAlchemy `with engine.connect() as
connection: ...`, and one engine a process. Costs: nothing. Clean: as many after each round as before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heapwise.analyze.paths import attribute
from heapwise.findings.resource import counted, lacks, named, true_of
from heapwise.model.finding import Finding
from heapwise.model.snapshot import Snapshot

CODE = "HW203"
TITLE = "database connections are opened and not closed"


def over_time(snapshots: Sequence[Snapshot]) -> list[Finding]:
    """More and more open ones."""
    return counted(
        snapshots, opened, code=CODE, title=TITLE, noun="open connections",
        fix='with contextlib.closing(sqlite3.connect(path)) as database: ...',
    )  # fmt: skip


def opened(snapshot: Snapshot) -> list[int]:
    """The open ones; what wraps one of these is not counted again."""
    states = snapshot.facts.get("open", {})
    found = [node for node in named(snapshot, "sqlite3.Connection") if states.get(node, 1) == 1]
    found += named(snapshot, "psycopg2.extensions.connection", "sqlalchemy.engine.base.Engine")
    if postgres := named(snapshot, "psycopg.Connection", "psycopg.AsyncConnection"):
        true = true_of(snapshot)
        found += [node for node in postgres if attribute(snapshot, node, "_closed") != true]
    wraps = "_dbapi_connection"
    return found + [
        node for node in named(snapshot, "sqlalchemy.engine.base.Connection")
        if not lacks(snapshot, node, wraps) and not set(_within(snapshot, node, wraps)) & set(found)
    ]  # fmt: skip


def _within(snapshot: Snapshot, node: int, name: str) -> Iterator[int]:
    """What an attribute refers to, and what that does."""
    below = attribute(snapshot, node, name)
    if below is not None:
        yield below
        yield from (
            each for each in (attribute(snapshot, below, n) for n in ("dbapi_connection", "_connection"))
            if each is not None
        )  # fmt: skip
