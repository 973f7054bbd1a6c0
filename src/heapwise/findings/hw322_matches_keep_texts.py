"""HW322: matches of regular expressions keep the whole texts.

A match object refers to all of the text that was searched, however little was found: keep matches of long lines, or
of a page, and their texts stay. It takes 144 bytes itself.

What to do: keep what was found, `match["user"]` or `match.groups()`, and not the match. Clean: matches of texts that
are kept anyway; matches that soon go.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW322"
TITLE = "matches keep their texts"
_LEAST_TEXT_BYTES = 256
_KEPT_BYTES = 32
"""What takes the place of a match: a text of its own takes more, a number or one that is shared less."""
_TEXTS = ("str", "bytes", "bytearray")


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Texts that matches alone keep, by who holds the matches."""
    above, sizes = snapshot.nodes("dominator"), snapshot.nodes("size_bytes")
    groups: dict[int, list[tuple[int, int]]] = {}
    for node in snapshot.of_type_exactly("re.Match"):
        for step in snapshot.steps_from(node):
            long = sizes[step.node] >= _LEAST_TEXT_BYTES
            text = long and snapshot.type_of(step.node) in _TEXTS
            if text and above[step.node] == node and above[node] != NO_NODE:
                groups.setdefault(above[node], []).append((node, step.node))
    least = worth_bytes(snapshot)
    for found in groups.values():
        freed = {node for pair in found for node in pair}
        texts_bytes = sum(sizes[text] for _, text in found)
        saving = sum(sizes[node] for node in freed) - _KEPT_BYTES * len(found)
        if saving >= least:
            yield structural(
                snapshot, found[len(found) // 2][0], CODE, TITLE, saving_bytes=saving, confidence=0.85,
                evidence=[f"{len(found)} matches keep texts of {texts_bytes} bytes"],
                fix="keep match.groups(), or the group that is needed, and not the match",
                freed=Freed(nodes=sorted(freed), entirely=True),
            )  # fmt: skip
