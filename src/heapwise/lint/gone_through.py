"""Whether what is read whole is only gone through, item by item."""

from __future__ import annotations

import ast

from heapwise.lint.calls import call_sites
from heapwise.lint.flow import keeps_items, kept_parts, reads_once
from heapwise.lint.source import Source

_BESIDE = {"zip": 0, "enumerate": 1, "itertools.zip_longest": 0}
"""Calls that give the items of what they are given -> where they stand in what is given, beside others."""


def is_gone_through(source: Source, place: ast.expr, depth: int = 4) -> bool:
    """Whether loops, be they of all callers of a generator that passes the items on, read an expression item by item,
    and keep none."""
    above = source.parent(place)
    if isinstance(above, ast.YieldFrom):
        function = source.function(above)
        sites = call_sites(source, function, told=True).sites if function is not None else []
        return (
            bool(sites)
            and depth > 0
            and all(is_gone_through(source, each, depth - 1) for each in sites)
        )
    if isinstance(above, ast.Call) and place in above.args:
        at = _BESIDE.get(source.called(above))
        kept = kept_parts(source, above) if at is not None and reads_once(source, above) else None
        return at is not None and kept is not None and above.args.index(place) + at not in kept
    return reads_once(source, place) and not keeps_items(source, place, keyed=False)
