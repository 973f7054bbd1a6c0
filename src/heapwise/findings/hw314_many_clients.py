"""HW314: many clients, sessions or engines of one kind.

Each owns pools, parsed models, compiled statements: 25 MiB for a session of boto3's with a client, 40 KiB for an
engine of SQLAlchemy. A program needs one of a kind, and seldom more than a few.

What to do: make one, share it, close it at the end. Clean: a few, with different settings.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding
from heapwise.model.snapshot import Snapshot

CODE = "HW314"
TITLE = "many clients of one kind"
_MANY = 8
_TYPES = {
    "sqlalchemy.engine.base.Engine", "boto3.session.Session", "botocore.session.Session", "requests.sessions.Session",
    "httpx.Client", "httpx.AsyncClient", "aiohttp.client.ClientSession", "pymongo.synchronous.mongo_client.MongoClient",
    "redis.client.Redis", "redis.asyncio.client.Redis", "jinja2.environment.Environment", "openai.OpenAI",
    "elasticsearch.Elasticsearch", "ssl.SSLContext", "pydantic.type_adapter.TypeAdapter",
}  # fmt: skip


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """What is well known to be wanted once, and is there many times."""
    least = worth_bytes(snapshot)
    for row in snapshot.types:
        if row.type not in _TYPES or row.objects_count < _MANY:
            continue
        nodes = list(snapshot.of_type_exactly(row.type))
        saving = snapshot.retained_of(nodes[1:])
        if saving >= least:
            yield structural(
                snapshot, nodes[-1], CODE, f"{TITLE}: {row.type}", saving_bytes=saving, confidence=0.8,
                fix="make one, share it, close it at the end", subject=row.type,
                evidence=[f"{len(nodes)} instances, which retain {saving} bytes more than one would"],
            )  # fmt: skip
