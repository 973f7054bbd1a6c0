"""HW203: database connections are opened and not closed.

A connection holds a socket or a file, a cache of pages and prepared statements, and a slot of the server.

What to do: `with contextlib.closing(sqlite3.connect(path)) as database: ...`; with SQLAlchemy `with
engine.connect() as connection: ...`, and one engine a process. Clean: as many after each round as before.
"""

from __future__ import annotations

from collections.abc import Sequence

from heapwise.findings.resource import counted, named
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
    """The open ones."""
    states = snapshot.facts.get("open", {})
    kinds = ("sqlite3.Connection", "psycopg.Connection", "psycopg.AsyncConnection",
             "psycopg2.extensions.connection", "sqlalchemy.engine.base.Connection",
             "sqlalchemy.engine.base.Engine")  # fmt: skip
    return [node for node in named(snapshot, *kinds) if states.get(node, 1) == 1]
