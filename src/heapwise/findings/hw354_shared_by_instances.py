"""HW354: a container of the class is filled by its instances.

`class Importer: rejected = []` is one list for all importers: `self.rejected.append(row)` finds it on the class, where
it lives as long as the program, with what importers that are long gone have put there.

What to do: `self.rejected = []` in `__init__`, or `field(default_factory=list)` in a dataclass. Costs: instances no
longer see each other's entries. Clean: containers that are asked for by the class's name (a registry), that
constructors replace, or from which something is taken out.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise import units
from heapwise.analyze.kept_at import places_of
from heapwise.analyze.program_source import program_source
from heapwise.findings.own_containers import Own, own_containers
from heapwise.findings.place import structural
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW354"
TITLE = "a container of the class is filled by its instances"


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Class attributes of the program that keep a good part of the heap, and that methods know as `self.x`."""
    for own in own_containers(snapshot):
        if own.name.kind == "class attribute" and _is_taken_for_own(snapshot, own):
            size = snapshot.retained_of(own.entries)
            name = f"self.{own.name.text}"
            told = f"{len(own.entries)} entries with {units.size(size)} were put on the class by {name}"
            yield structural(
                snapshot, own.node, CODE, TITLE, saving_bytes=size, confidence=0.8, evidence=[told],
                fix=f"{name} = ... in __init__", freed=Freed(roots=own.entries),
            )  # fmt: skip


def _is_taken_for_own(snapshot: Snapshot, own: Own) -> bool:
    if own.uses.takes or not own.uses.fills:
        return False
    places = places_of(program_source(snapshot), own.name)
    asked = [each for each in places if isinstance(each, ast.Attribute)]
    return bool(asked) and all(
        isinstance(each.ctx, ast.Load)
        and isinstance(each.value, ast.Name)
        and each.value.id == "self"
        for each in asked
    )
