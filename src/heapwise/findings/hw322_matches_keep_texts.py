"""HW322: matches of regular expressions keep the whole texts.

A match object refers to all of the text that was searched, however little was found: keep matches of long lines, or
of a page, and their texts stay. It takes 144 bytes itself.

What to do: keep what was found, `match["user"]` or `match.groups()`, and not the match. Costs: nothing. Clean: matches
of texts that are kept anyway; matches that soon go.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.kept_by_parts import by_line, kept_by_parts
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW322"
TITLE = "matches keep their texts"
_LEAST_TEXT_BYTES = 256
_KEPT_BYTES = 32
"""What takes the place of a match: a text of its own takes more, a number or one that is shared less."""
_TEXTS = ("str", "bytes", "bytearray")


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Texts that matches alone keep, by the line that found the matches."""
    sizes = snapshot.nodes("size_bytes")
    kept = kept_by_parts(snapshot, _texts(snapshot))
    least = worth_bytes(snapshot)
    for group in by_line(snapshot, kept):
        matches = [match for each in group for match in each.parts]
        freed = {*matches, *(each.whole for each in group)}
        texts_bytes = sum(sizes[each.whole] for each in group)
        saving = sum(sizes[node] for node in freed) - _KEPT_BYTES * len(matches)
        if saving >= least:
            yield structural(
                snapshot, matches[len(matches) // 2], CODE, TITLE, saving_bytes=saving, confidence=0.85,
                evidence=[f"{len(matches)} matches keep texts of {texts_bytes} bytes"],
                fix="keep match.groups(), or the group that is needed, and not the match",
                freed=Freed(nodes=sorted(freed), entirely=True),
            )  # fmt: skip


def _texts(snapshot: Snapshot) -> Iterator[tuple[int, int]]:
    """Matches, and the long texts that they were found in."""
    sizes = snapshot.nodes("size_bytes")
    for node in snapshot.of_type_exactly("re.Match"):
        for step in snapshot.steps_from(node):
            if sizes[step.node] >= _LEAST_TEXT_BYTES and snapshot.type_of(step.node) in _TEXTS:
                yield node, step.node
