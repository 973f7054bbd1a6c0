"""HW602: thirty attributes and more: instances share their keys no longer.

Up to 29 attributes the instances of a class share one table of keys; from the thirtieth on each has a whole dict:
1,904 bytes and not 320 (CPython 3.13).

What to do: slots, or group attributes into objects of their own. Costs: one step more to an attribute of a group.
Clean: classes with slots, or of few instances.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.bulk import is_made_in_long_loop, made_in_bulk, record
from heapwise.lint.rule import Hit, hit
from heapwise.lint.source import Source

CODE = "HW602"
TITLE = "too many attributes to share keys"
NEEDS = ("class ",)
MOST_SHARED = 29


def look(source: Source) -> Iterator[Hit]:
    """Classes of thirty attributes and more, made in a loop."""
    for owner in source.of(ast.ClassDef):
        found = record(source, owner)
        made = made_in_bulk(source, owner.name)
        if len(found.names) > MOST_SHARED and not found.has_slots and made is not None:
            yield hit(
                source, owner, CODE, TITLE,
                f"{owner.name} has {len(found.names)} attributes: each instance has a whole dict",
                sized=not is_made_in_long_loop(source, made),
                fix="__slots__, or objects within the object",
            )  # fmt: skip
