"""HW386: streams are kept for their text.

An `io.StringIO` gathers what is written to it. As soon as it is read from (`seek`, `for line in stream`), it takes four
bytes for each character, and some in reserve, whatever the characters are; a string takes one for each of English text.

What to do: keep `stream.getvalue()`, and let the stream go. Clean: a few streams; those that are only written to, that
have not been read to their end, or that a reader or an iterator goes through.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import structural
from heapwise.findings.roles import lines_of_sites
from heapwise.findings.waste import in_use, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW386"
TITLE = "streams are kept for their text"
_MANY, _HEAD_BYTES = 8, 64


def _keeps(kind: str) -> bool:
    """Whether objects of a type keep what they refer to, and do not go through it."""
    return not kind.startswith("_csv.") and not kind.endswith(
        ("iterator", "reader", "Reader", "Parser", "generator")
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
    for node in in_use(snapshot, snapshot.facts.get("text_bytes", {})):
        if above[node] != NO_NODE and not _keeps(snapshot.type_names[types[above[node]]]):
            continue
        groups.setdefault(lines.get(sites[node], -node), []).append(node)
    for group in groups.values():
        text_bytes = sum(snapshot.fact("text_bytes", node) for node in group)
        saving = sum(sizes[node] for node in group) - text_bytes - _HEAD_BYTES * len(group)
        if len(group) >= _MANY and saving >= worth_bytes(snapshot):
            yield structural(
                snapshot, max(group, key=lambda node: sizes[node]), CODE, TITLE, saving_bytes=saving, confidence=0.8,
                evidence=[f"{len(group)} streams keep {saving} bytes more than their text takes, {text_bytes} bytes"],
                fix="keep stream.getvalue(), and let the stream go", freed=Freed(nodes=group),
            )  # fmt: skip
