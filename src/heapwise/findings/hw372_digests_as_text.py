"""HW372: digests as hexadecimal text.

`hashlib.sha256(url).hexdigest()` is a text of 64 characters, 113 bytes; `.digest()` is the same in 32, 65 bytes. A set
of what has been seen, or a table by digests, holds a million of them. A UUID is 36 characters, and 16 bytes.

What to do: `.digest()`, and `.hex()` where one is shown; or the first 8 or 16 bytes, as many as keep chance away; of a
UUID `.bytes`. A list of them is one `bytearray`, with 16 bytes for each. Costs: what was written by other programs must
be turned, `bytes.fromhex(text)`. Clean: digests that come and go as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heapwise.findings.place import structural
from heapwise.findings.waste import block_bytes, text_head_bytes, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW372"
TITLE = "digests as hexadecimal text"
_LISTS = ("list", "tuple")
_TABLES = ("set", "frozenset", "dict", "collections.OrderedDict", "collections.defaultdict")
_LEAST_COUNT, _LEAST_SHARE, _MOSTLY = 10_000, 0.1, 0.9
_SMALL_TABLE_BYTES = (1 << 16) * (2 + 16 * 2 // 3)
"""Of tables with more than 65536 places the indices are wider."""
_LENGTHS, _BYTES_HEAD_BYTES = (32, 40, 56, 64, 96, 128), 33


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Sets and keys of dicts that are such texts."""
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    parents, _ = snapshot.parents
    sizes, counts = snapshot.nodes("size_bytes"), snapshot.nodes("edges_count")
    found: dict[int, list[int]] = {}
    for node in snapshot.digests:
        if parents[node] != NO_NODE and snapshot.type_of(parents[node]) in (*_TABLES, *_LISTS):
            found.setdefault(parents[node], []).append(node)
    for table, texts in found.items():
        if snapshot.type_of(table) in _LISTS:
            yield from _in_a_row(snapshot, table, texts, least)
            continue
        is_set = snapshot.type_of(table) in _TABLES[:2]
        if len(texts) < _LEAST_COUNT:
            continue
        head = text_head_bytes(snapshot)
        saving = sum(sizes[node] - block_bytes(_length(sizes[node], head)) for node in texts)
        saving -= 0 if is_set else _hashes_bytes(sizes[table])
        if saving < least:
            continue
        if len(texts) >= _MOSTLY * counts[table] / (1 if is_set else 2):
            yield structural(
                snapshot, texts[len(texts) // 2], CODE, TITLE, saving_bytes=saving, confidence=0.7,
                evidence=[f"{len(texts)} texts of {sizes[texts[0]]} bytes say as many digests"],
                fix=".digest() instead of .hexdigest(), or bytes.fromhex(text)", freed=Freed(nodes=texts),
            )  # fmt: skip


def _in_a_row(
    snapshot: Snapshot, holder: int, texts: Sequence[int], least: float
) -> Iterator[Finding]:
    """Those of a list: their bytes can stand one after another."""
    sizes, counts = snapshot.nodes("size_bytes"), snapshot.nodes("edges_count")
    each_bytes = _length(sizes[texts[0]], text_head_bytes(snapshot)) - _BYTES_HEAD_BYTES
    saving = sizes[holder] + sum(sizes[node] for node in texts) - each_bytes * len(texts)
    if len(texts) >= max(_LEAST_COUNT, _MOSTLY * counts[holder]) and saving >= least:
        yield structural(
            snapshot, texts[len(texts) // 2], CODE, TITLE, saving_bytes=saving, confidence=0.6,
            evidence=[f"{len(texts)} texts of {sizes[texts[0]]} bytes say as many digests"],
            fix="one bytearray, with the bytes of each after another", freed=Freed(nodes=[holder, *texts]),
        )  # fmt: skip


def _hashes_bytes(table_bytes: int) -> int:
    """By how much a dict's table grows: with keys that are all texts it has no room for their hashes. For each place it
    has an index, and for two of three an entry of 16 bytes, or 24."""
    index_bytes = 2 if table_bytes <= _SMALL_TABLE_BYTES else 4
    return round(table_bytes * 8 * 2 / (16 * 2 + index_bytes * 3))


def _length(text_bytes: int, head_bytes: int) -> int:
    """What the bytes of a digest take, whose text takes so much memory with such a head; of two lengths in blocks of
    one size the longer one."""
    lengths = [each for each in _LENGTHS if block_bytes(each + head_bytes) == text_bytes]
    return _BYTES_HEAD_BYTES + max(lengths, default=text_bytes) // 2
