"""HW372: digests as hexadecimal text.

`hashlib.sha256(url).hexdigest()` is a text of 64 characters, 113 bytes; `.digest()` is the same in 32, 65 bytes. A set
of what has been seen, or a table by digests, holds a million of them.

What to do: `.digest()`, and `.hex()` where one is shown; or the first 8 or 16 bytes, as many as keep chance away.
Costs: what was written by other programs must be turned, `bytes.fromhex(text)`. Clean: digests that come and go as
text.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import structural
from heapwise.findings.waste import block_bytes, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW372"
TITLE = "digests as hexadecimal text"
_TABLES = ("set", "frozenset", "dict", "collections.OrderedDict", "collections.defaultdict")
_LEAST_COUNT, _LEAST_SHARE, _MOSTLY = 10_000, 0.1, 0.9
_TEXT_HEADS_BYTES, _BYTES_HEAD_BYTES = (41, 49), 33


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Sets and keys of dicts that are such texts."""
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    parents, _ = snapshot.parents
    sizes, counts = snapshot.nodes("size_bytes"), snapshot.nodes("edges_count")
    found: dict[int, list[int]] = {}
    for node in snapshot.digests:
        if parents[node] != NO_NODE and snapshot.type_of(parents[node]) in _TABLES:
            found.setdefault(parents[node], []).append(node)
    for table, texts in found.items():
        is_set = snapshot.type_of(table) in _TABLES[:2]
        if len(texts) < _LEAST_COUNT:
            continue
        saving = sum(sizes[node] - block_bytes(_length(sizes[node])) for node in texts)
        if saving < least:
            continue
        if len(texts) >= _MOSTLY * counts[table] / (1 if is_set else 2):
            yield structural(
                snapshot, texts[len(texts) // 2], CODE, TITLE, saving_bytes=saving, confidence=0.7,
                evidence=[f"{len(texts)} texts of {sizes[texts[0]]} bytes say as many digests"],
                fix=".digest() instead of .hexdigest(), or bytes.fromhex(text)", freed=Freed(nodes=texts),
            )  # fmt: skip


def _length(size_bytes: int) -> int:
    """What the bytes of a digest take at most, whose text takes so much memory: a text has a head of 49 bytes in 3.11,
    of 41 afterwards."""
    lengths = [
        each for each in (32, 40, 56, 64, 96, 128)
        if any(block_bytes(each + head) == size_bytes for head in _TEXT_HEADS_BYTES)
    ]  # fmt: skip
    return _BYTES_HEAD_BYTES + max(lengths, default=size_bytes) // 2
