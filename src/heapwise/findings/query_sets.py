"""Rows that a query set of Django is reading: nobody but the interpreter has their list yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from heapwise.analyze.paths import attribute, is_held_natively
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot

QUERY_SETS = ("django.db.models.query.QuerySet", "django.db.models.query.RawQuerySet")


def rows_being_read(snapshot: Snapshot) -> Sequence[int]:
    """The longest list in the making of a model's instances, and what the database gave for it; empty where there is
    none."""
    parents, _ = snapshot.parents
    owners = [node for kind in QUERY_SETS for node in snapshot.of_type_exactly(kind)]
    models = {attribute(snapshot, owner, "model") for owner in owners} - {None}
    kinds = [snapshot.labels.get(model or NO_NODE, "") for model in models]
    lists = Counter(parents[row] for kind in kinds for row in snapshot.of_type_exactly(kind))
    own = [
        node for node in lists
        if node != NO_NODE and snapshot.type_of(node) == "list" and is_held_natively(snapshot, node)
    ]  # fmt: skip
    if not own:
        return []
    return [max(own, key=lists.__getitem__), *_given(snapshot)]


def _given(snapshot: Snapshot) -> list[int]:
    """The rows of the database that a compiler goes through."""
    parents, _ = snapshot.parents
    found = []
    for node in snapshot.of_type_exactly("itertools.chain"):
        beside = [s for s in snapshot.steps_from(parents[node]) if s.name == "self"]
        if beside and snapshot.type_of(beside[0].node).endswith("Compiler"):
            found.append(node)
    return found
