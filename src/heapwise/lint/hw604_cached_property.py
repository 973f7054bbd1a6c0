"""HW604: `cached_property` on a class of many instances.

It writes through `__dict__`, which gives each instance that was asked a dict of its own: 64 bytes and more beside the
value.

What to do: a plain attribute, set in `__init__` or on first use (`if self._area is None`). Costs: a test at each read.
Clean: few instances.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.bulk import is_made_in_long_loop, made_in_bulk
from heapwise.lint.rule import Hit, hit
from heapwise.lint.source import Source, methods

CODE = "HW604"
TITLE = "cached_property on many instances"
NEEDS = ("cached_property",)


def look(source: Source) -> Iterator[Hit]:
    """Classes made in a loop that have a `functools.cached_property`."""
    for owner in source.of(ast.ClassDef):
        for method in methods(owner):
            names = {source.dotted(each) for each in method.decorator_list}
            made = made_in_bulk(source, owner.name)
            if "functools.cached_property" in names and made is not None:
                yield hit(
                    source, method, CODE, TITLE,
                    f"asking .{method.name} gives each {owner.name} a dict of its own",
                    sized=not is_made_in_long_loop(source, made), fix="an attribute, filled on first use",
                )  # fmt: skip
