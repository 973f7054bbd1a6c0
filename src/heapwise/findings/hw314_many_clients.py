"""HW314: many of what a program needs once, or a few times.

Clients, sessions and engines own pools, parsed models, compiled statements: 25 MiB for a session of boto3's with a
client, 40 KiB for an engine of SQLAlchemy. pyplot keeps every figure until it is closed, 2 MiB each. A context of TLS
with its certificates takes 700 KiB, nearly all of it native memory. A metric with a label for every user keeps a series
for each, 4 KiB for a histogram. A stream of `zlib.compressobj()` has 256 KiB of native memory. A `random.Random()` has
a state of 2.5 KB. A time that was read from a text with an offset has a time zone of its own.

What to do: make one, share it, close it at the end; `plt.close(figure)`; labels that take few values. Closed figures
are rings, and wait for the collector: the saving is without those that wait together. Costs: who shares it must not
close it, and threads may have to take turns. Clean: a few, with different settings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from heapwise.analyze.waiting import would_wait
from heapwise.findings.place import structural
from heapwise.findings.waste import in_use
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW314"
TITLE = "many of what is needed once"
_MANY, _MANY_FIGURES, _MANY_SERIES = 8, 20, 1000
_MANY_ZONES = 2000
"""More than there are offsets of whole minutes."""
_MANY_STREAMS, _SMALL_STREAM_BYTES = 64, 40 << 10
"""A stream with a window of 4 KiB and memLevel=5 takes less."""
_CLIENTS = {
    "sqlalchemy.engine.base.Engine", "boto3.session.Session", "botocore.session.Session", "requests.sessions.Session",
    "aiohttp.client.ClientSession", "pymongo.synchronous.mongo_client.MongoClient",
    "redis.client.Redis", "redis.asyncio.client.Redis", "jinja2.environment.Environment", "openai.OpenAI",
    "elasticsearch.Elasticsearch", "ssl.SSLContext", "pydantic.type_adapter.TypeAdapter",
}  # fmt: skip
_METRICS, _AS_MANY = "prometheus_client.metrics.", 0.1
"""Classes with as many series, up to a tenth more or fewer, have the same labels."""
_BESIDE: Mapping[str, Sequence[str]] = {
    "matplotlib.figure.Figure": (
        "matplotlib.backends.backend_agg.FigureCanvasAgg", "matplotlib.backends.backend_agg.RendererAgg",
    ),
}  # fmt: skip
"""Classes whose objects go with theirs: pyplot's managers keep these, with the pixels. All are rings."""


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """What is well known to be wanted once, and is there many times. Native memory that goes with it is added later:
    how few bytes of Python's it has says nothing."""
    found: dict[str, list[int]] = {}
    for name in dict.fromkeys(row.type for row in snapshot.types):
        few, _ = _wanted(name)
        # botocore makes a class of that name for each client.
        nodes = in_use(snapshot, snapshot.of_type_exactly(name)) if few else []
        if few and len(nodes) >= few:
            found[name] = nodes
    beside_of = {**_BESIDE, **_with_labels_of(snapshot, found)}
    told_with_others = {each for names in beside_of.values() for each in names}
    for name, nodes in found.items():
        if name in told_with_others:
            continue
        _, fix = _wanted(name)
        waiting = would_wait(snapshot, nodes) if name in _BESIDE else 0
        roots = _series(snapshot, nodes) if name.startswith(_METRICS) else nodes[1:]
        for beside in beside_of.get(name, ()):
            others = in_use(snapshot, snapshot.of_type_exactly(beside))
            roots += _series(snapshot, others) if name.startswith(_METRICS) else others[1:]
        saving = snapshot.retained_of(roots)
        told = f"{len(nodes)} instances, which retain {saving} bytes more than one would"
        if waiting:
            told += f"; closed, {waiting} would wait for the collector: rings"
        yield structural(
            snapshot, nodes[len(nodes) // 2], CODE, f"{TITLE}: {name}", saving_bytes=saving, confidence=0.8, fix=fix,
            subject=name, freed=Freed(
                roots=roots, native_left_bytes=_left_bytes(name), in_hand_share=waiting / (len(nodes) - 1)
            ),
            evidence=[told],
        )  # fmt: skip


def _with_labels_of(
    snapshot: Snapshot, found: Mapping[str, Sequence[int]]
) -> Mapping[str, Sequence[str]]:
    """Class of metrics -> the others whose metrics have as many series: of the same labels. The class that keeps most
    of all is the first."""
    metrics = {name: nodes for name, nodes in found.items() if name.startswith(_METRICS)}
    counts = {name: max(_tables(snapshot, nodes).values()) for name, nodes in metrics.items()}
    left = sorted(metrics, key=lambda name: -snapshot.retained_of(metrics[name]))
    groups: dict[str, list[str]] = {}
    while left:
        first, *others = left
        groups[first] = [
            name for name in others
            if abs(counts[name] - counts[first]) <= _AS_MANY * counts[first]
        ]  # fmt: skip
        left = [name for name in others if name not in groups[first]]
    return groups


def _tables(snapshot: Snapshot, nodes: Sequence[int]) -> Counter[int]:
    """What keeps metrics -> how many of them."""
    above = snapshot.nodes("dominator")
    return Counter(above[node] for node in nodes)


def _series(snapshot: Snapshot, nodes: Sequence[int]) -> list[int]:
    """The series of metrics, with the labels that they are kept by: the tables that have nearly all; else the series
    alone, but one."""
    counts = _tables(snapshot, nodes)
    tables = [
        each for each, count in counts.items()
        if count >= _MANY_SERIES and snapshot.type_of(each) == "dict"
    ]  # fmt: skip
    is_all = sum(counts[each] for each in tables) >= (1 - _AS_MANY) * len(nodes)
    return tables if is_all else list(nodes[1:])


def _left_bytes(name: str) -> int:
    """What native memory each of them keeps: streams get a smaller window."""
    return _SMALL_STREAM_BYTES if name.startswith("zlib.") else 0


def _wanted(name: str) -> tuple[int, str]:
    """(from how many on it is too many, what to do) of a type; (0, "") of others."""
    if name in ("httpx.Client", "httpx.AsyncClient"):
        return (
            _MANY,
            "make one, share it, close it at the end; or one ssl.SSLContext for all: verify=context",
        )
    if name in _CLIENTS or name.startswith("botocore.client."):
        return _MANY, "make one, share it, close it at the end"
    if name in ("pyarrow._parquet.FileMetaData", "pyarrow.parquet.core.ParquetFile"):
        return (
            _MANY,
            "keep what is asked of it, metadata.num_rows: each has the heads of all columns of all groups",
        )
    if name == "matplotlib.figure.Figure":
        return _MANY_FIGURES, "plt.close(figure) when it is saved"
    if name in ("zlib.Compress", "zlib.Decompress"):
        return (
            _MANY_STREAMS,
            "memLevel=1 to 5 and a smaller window; or no context between messages, and one for all",
        )
    if name == "random.Random":
        return _MANY_SERIES, "one generator for all: each has a state of 2.5 KB"
    if name == "datetime.timezone":
        return (
            _MANY_ZONES,
            "one zone for all: time.astimezone(timezone.utc), or a dict of zones by offset",
        )
    if name.startswith(_METRICS):
        return _MANY_SERIES, "labels that take few values; metric.remove(...)"
    return 0, ""
