"""Whether frames of pandas copied what Arrow's tables have, or show it."""

from __future__ import annotations

from heapwise.findings.waste import holders_of
from heapwise.model.snapshot import Snapshot

_SHOW, _SHOW_TEXTS = "ArrowExtensionArray", ("ArrowStringArray", "ArrowStringArrayNumpySemantics")
"""Arrays of pandas that show columns of Arrow's, and copy nothing."""
_MAKES_FRAME, _LONG = "table_to_dataframe", 1000


def copies_arrow(snapshot: Snapshot) -> bool:
    """Whether there are frames, or one is being made of a table, and none shows columns of Arrow's; short columns of
    texts are those of labels."""
    of_name: dict[str, list[int]] = {}
    for each in snapshot.type_names:
        if each.startswith("pandas."):
            of_name.setdefault(each.rpartition(".")[2], []).extend(snapshot.of_type_exactly(each))
    calls = (snapshot.labels.get(node) for node in snapshot.of_type_exactly("<frame>"))
    if not of_name.get("DataFrame") and _MAKES_FRAME not in calls:
        return False
    texts = (node for name in _SHOW_TEXTS for node in of_name.get(name, ()))
    return not of_name.get(_SHOW) and not any(_is_long(snapshot, node) for node in texts)


def _is_long(snapshot: Snapshot, column: int) -> bool:
    inner = (
        step.node for holder in holders_of(snapshot, column) for step in snapshot.steps_from(holder)
    )
    return any(snapshot.fact("rows_count", node) >= _LONG for node in inner)
