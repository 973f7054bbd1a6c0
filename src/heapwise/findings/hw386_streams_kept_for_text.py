"""HW386: streams are kept for their text.

An `io.StringIO` gathers what is written to it. As soon as it is read from (`seek`, `for line in stream`), it takes four
bytes for each character, and some in reserve, whatever the characters are; a string takes one for each of English text.

What to do: keep `stream.getvalue()`, and let the stream go; a large text that is written and read again is better in
`io.TextIOWrapper(io.BytesIO(), encoding="utf-8")`, or in a temporary file. Costs: the stream cannot be written to
later. Clean: a few small streams; small ones that a reader, an iterator or a function goes through; those that are only
written to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from heapwise import units
from heapwise.findings.place import structural
from heapwise.findings.roles import lines_of_sites
from heapwise.findings.waste import in_use, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW386"
TITLE = "streams are kept for their text"
WIDE = "a stream takes four bytes for each character"
_MANY, _HEAD_BYTES, _LARGE_BYTES = 8, 64, 4 << 20


def _texts(snapshot: Snapshot) -> dict[int, int]:
    """Streams that have been read from, to their end or not -> what their text would take as a string."""
    facts = (snapshot.facts.get(name, {}) for name in ("text_bytes", "unread_text_bytes"))
    return {node: size for each in facts for node, size in each.items()}


def _keeps(kind: str) -> bool:
    """Whether objects of a type keep what they refer to, and do not go through it."""
    return (
        kind != "<frame>"
        and not kind.startswith("_csv.")
        and not kind.endswith(("iterator", "reader", "Reader", "Parser", "generator"))
    )


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Many streams that have been read from, by the line that made them."""
    sizes, sites, lines = (
        snapshot.nodes("size_bytes"),
        snapshot.nodes("site"),
        lines_of_sites(snapshot),
    )
    groups: dict[int, list[int]] = {}
    above, types = snapshot.parents[0], snapshot.nodes("type")
    texts = _texts(snapshot)
    for node in in_use(snapshot, texts):
        if above[node] != NO_NODE and not _keeps(snapshot.type_names[types[above[node]]]):
            continue
        groups.setdefault(lines.get(sites[node], -node), []).append(node)
    for group in groups.values():
        text_bytes = sum(texts[node] for node in group)
        saving = sum(sizes[node] for node in group) - text_bytes - _HEAD_BYTES * len(group)
        if len(group) >= _MANY and saving >= worth_bytes(snapshot):
            yield structural(
                snapshot, max(group, key=lambda node: sizes[node]), CODE, TITLE, saving_bytes=saving, confidence=0.8,
                evidence=[f"{len(group)} streams keep {saving} bytes more than their text takes, {text_bytes} bytes"],
                fix="keep stream.getvalue(), and let the stream go", freed=Freed(nodes=group),
            )  # fmt: skip
    yield from _large(snapshot, texts)


def _large(snapshot: Snapshot, texts: Mapping[int, int]) -> Iterator[Finding]:
    """Large streams, whoever goes through them."""
    least, sizes = max(worth_bytes(snapshot), _LARGE_BYTES), snapshot.nodes("size_bytes")
    for node in in_use(snapshot, texts):
        saving = sizes[node] - texts[node]
        if saving >= least:
            yield structural(
                snapshot, node, CODE, WIDE, saving_bytes=saving, confidence=0.7,
                evidence=[f"the stream takes {units.size(sizes[node])}, its text {units.size(texts[node])}"],
                fix='io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), or a temporary file', freed=Freed(nodes=[node]),
            )  # fmt: skip
