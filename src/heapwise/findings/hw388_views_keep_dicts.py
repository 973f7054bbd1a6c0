"""HW388: views of keys keep whole dicts.

`batch.keys()` is no list: it is a view, which refers to the dict, and by it to every value. Kept for later, it keeps
all that the dict has.

What to do: keep `tuple(batch)`, `list(batch)` or `set(batch)`: the keys without the values. Costs: nothing. Clean:
views of dicts that are kept anyway, and of those whose values are nothing beside their keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heapwise import units
from heapwise.findings.kept_by_parts import Kept, by_line, kept_by_parts
from heapwise.findings.place import structural
from heapwise.findings.waste import block_bytes, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW388"
TITLE = "views of keys keep whole dicts"
_TUPLE_BYTES, _ITEM_BYTES = 56, 8


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Dicts that such views alone keep, by the line that made the views."""
    pairs = (
        (view, step.node)
        for view in snapshot.of_type_exactly("dict_keys")
        for step in snapshot.steps_from(view)
    )
    for group in by_line(snapshot, kept_by_parts(snapshot, pairs)):
        views = [view for each in group for view in each.parts]
        all_bytes = snapshot.retained_of([*views, *(each.whole for each in group)])
        saving = all_bytes - _keys_bytes(snapshot, group)
        if saving >= worth_bytes(snapshot):
            yield structural(
                snapshot, views[len(views) // 2], CODE, TITLE, saving_bytes=saving, confidence=0.85,
                evidence=[f"{len(views)} views of keys alone keep {len(group)} dicts, with {units.size(all_bytes)}"],
                fix="tuple(d) in the place of d.keys()",
                freed=Freed(roots=[*views, *(each.whole for each in group)], entirely=True),
            )  # fmt: skip


def _keys_bytes(snapshot: Snapshot, group: Sequence[Kept]) -> int:
    """What the keys of dicts take in tuples: those that nothing else keeps, and the tuples."""
    keys: list[int] = []
    tuples_bytes = 0
    for each in group:
        own = [s.node for s in snapshot.steps_from(each.whole) if s.kind == "key object"]
        tuples_bytes += block_bytes(_TUPLE_BYTES + _ITEM_BYTES * len(own))
        keys += own
    return snapshot.retained_of(keys) + tuples_bytes
