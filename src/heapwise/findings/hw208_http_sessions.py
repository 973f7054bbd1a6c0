"""HW208: HTTP sessions are made and not closed.

A session keeps a pool of connections, cookies, adapters and TLS state.

What to do: one session for the program, or `with requests.Session() as session: ...` (`async with
aiohttp.ClientSession()`, `with httpx.Client()`). Costs: nothing. Clean: as many after each round as before.
"""

from __future__ import annotations

from collections.abc import Sequence

from heapwise.findings.resource import counted, named
from heapwise.model.finding import Finding
from heapwise.model.snapshot import Snapshot

CODE = "HW208"
TITLE = "HTTP sessions are made and not closed"


def over_time(snapshots: Sequence[Snapshot]) -> list[Finding]:
    """More and more open ones."""
    return counted(
        snapshots, opened, code=CODE, title=TITLE, noun="HTTP sessions",
        fix='with requests.Session() as session: ..., or one for the program',
    )  # fmt: skip


def opened(snapshot: Snapshot) -> list[int]:
    """The open ones."""
    kinds = ("requests.sessions.Session", "aiohttp.client.ClientSession", "httpx.Client", "httpx.AsyncClient",
             "httpx._client.Client", "httpx._client.AsyncClient", "urllib3.poolmanager.PoolManager",
             "boto3.session.Session", "http.client.HTTPConnection", "http.client.HTTPSConnection")  # fmt: skip
    return named(snapshot, *kinds)
