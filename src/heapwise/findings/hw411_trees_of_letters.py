"""HW411: a tree of dicts, one for each letter.

`node = node.setdefault(letter, {})` for each letter of a word: a prefix tree. Below the first few letters most dicts
have one entry, and take 64 to 232 bytes for a letter: twenty times the words themselves and more.

What to do: `words = sorted(words)`, and what begins with a prefix stands from `bisect.bisect_left(words, prefix)` on.
Whether a word is there a set tells, and which of the beginnings of a text is one. Costs: a word that is added later
moves the others (`bisect.insort`). Clean: small trees; those whose dicts carry more than letters, or have several ways
to them; records and other trees with few keys.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise import units
from heapwise.findings.letters import letters
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW411"
TITLE = "a tree of dicts, one for each letter"


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """The dicts of all such trees, together, and the objects between them."""
    found, sizes, types = letters(snapshot), snapshot.nodes("size_bytes"), snapshot.nodes("type")
    taken = sum(sizes[node] for node in found.nodes)
    if taken - found.words_bytes < worth_bytes(snapshot):
        return
    told = (
        f"{len(found.nodes)} dicts and objects of {found.words_count} words take {units.size(taken)}; as a sorted list "
        f"they would take {units.size(found.words_bytes)}"
    )
    # A node's class makes its dict: the line that grows the tree makes the nodes.
    plain = snapshot.type_rows("dict", "str")
    grown = [node for node in found.nodes if types[node] not in plain] or found.nodes
    yield structural(
        snapshot, grown[len(grown) // 2], CODE, TITLE, saving_bytes=taken - found.words_bytes,
        confidence=0.7, evidence=[told], freed=Freed(nodes=found.nodes),
        fix="sorted(words), and bisect.bisect_left(words, prefix) for what begins with a prefix",
    )  # fmt: skip
