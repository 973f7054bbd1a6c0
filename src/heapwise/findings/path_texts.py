"""How many bytes the texts of `pathlib` paths take, which can stand in their place.

A path keeps its text where somebody asked for it (`str(path)`, which `hash` and `open` do, too); else what it was made
of: in CPython 3.11 the parts (drive, root, each name), later the texts that it was given (`_raw_paths`). Names are
interned until 3.13, and stand in the interpreter's own table as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from heapwise.findings.roles import sampled
from heapwise.findings.waste import block_bytes, python_version, text_head_bytes
from heapwise.model.heap_tables import Step
from heapwise.model.snapshot import Snapshot

PATHS = frozenset(
    f"pathlib.{inner}{pure}{kind}Path"
    for inner in ("", "_local.")
    for pure in ("", "Pure")
    for kind in ("Posix", "Windows")
)
_SAMPLE = 2000
_GIVEN, _PARTS = "_raw_paths", ("_parts", "_tail_cached")
_ROUNDED_BYTES = 7.5
"""By how much blocks of 16 bytes are rounded up, in the mean."""
_INTERNED_BYTES = 33
"""What an entry of a table of texts takes: 22 bytes where it is full (16, and an index of 4 for each place, of which
two thirds are used), twice as much where it has just grown."""


class Texts(NamedTuple):
    """Of some paths. then_bytes: what their texts will take, where others do not keep them already. interned_bytes:
    what the entries of names that go take in the interpreter's table."""

    then_bytes: int
    interned_bytes: int


def texts_of(snapshot: Snapshot, paths: Sequence[int]) -> Texts:
    """By a sample of them."""
    head = text_head_bytes(snapshot)
    interned_in = _PARTS if python_version(snapshot.meta) < (3, 14) else ()
    looked_at = sampled(paths, _SAMPLE)
    scale = len(paths) / max(1, len(looked_at))
    above = snapshot.nodes("dominator")
    then, interned = 0.0, 0
    for path in looked_at:
        slots = {str(s.name): s.node for s in snapshot.steps_from(path) if s.kind == "attribute"}
        then += _text_bytes(snapshot, path, slots, head)
        for parts in (slots[name] for name in interned_in if name in slots):
            interned += sum(above[s.node] in (parts, path) for s in _items(snapshot, parts))
    return Texts(round(scale * then), round(scale * interned * _INTERNED_BYTES))


def _text_bytes(snapshot: Snapshot, path: int, slots: dict[str, int], head: int) -> float:
    """What the text of one path takes, beyond what others keep."""
    sizes, above = snapshot.nodes("size_bytes"), snapshot.nodes("dominator")
    parts = next((slots[name] for name in (_GIVEN, *_PARTS) if name in slots), path)
    texts = [step.node for step in _items(snapshot, parts)]
    whole = slots.get("_str", texts[0] if len(texts) == 1 and _GIVEN in slots else None)
    if whole is not None and snapshot.type_of(whole) == "str" and sizes[whole]:
        return sizes[whole] if above[whole] in (parts, path) else 0
    # Texts of one character are of no block of their own.
    lengths = sum(
        max(1.0, sizes[each] - head - _ROUNDED_BYTES) if sizes[each] else 1.0 for each in texts
    )
    size = head + lengths + max(0, len(texts) - 1)
    return size + _ROUNDED_BYTES if size <= 512 else block_bytes(round(size))


def _items(snapshot: Snapshot, parts: int) -> list[Step]:
    return [step for step in snapshot.steps_from(parts) if step.kind == "index"]
