"""HW606: records decoded one by one repeat their keys.

`json.loads` makes each key once for a call: of a file of lines, every record has its own copies of all keys.

What to do: `json.loads(line, object_pairs_hook=...)` that interns the keys, a decoder of `msgspec` with a `Struct`, or
one `json.load` for all. Costs: a decoder of another library, or a hook for each record. Clean: records that are used
and let go.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.bulk import loop_is_long
from heapwise.lint.rule import Hit, hit, shown
from heapwise.lint.source import Source, keyword

CODE = "HW606"
TITLE = "each record has its own keys"
NEEDS = ("json",)


def look(source: Source) -> Iterator[Hit]:
    """`rows.append(json.loads(line))`, `[json.loads(line) for line in file]`."""
    for call in source.of(ast.Call):
        if (
            source.dotted(call.func) != "json.loads"
            or keyword(call, "object_pairs_hook") is not None
        ):
            continue
        if keyword(call, "object_hook") is not None or keyword(call, "cls") is not None:
            continue
        loop = source.loop(call)
        above = source.parent(call)
        in_list = isinstance(loop, ast.ListComp) and loop.elt is call
        appended = (
            loop is not None
            and isinstance(above, ast.Call)
            and isinstance(above.func, ast.Attribute)
            and above.func.attr == "append"
        )
        if (in_list or appended) and loop_is_long(source, call):
            yield hit(
                source, call, CODE, TITLE, f"{shown(call)} makes every key anew, for each record",
                fix="object_pairs_hook=lambda pairs: {sys.intern(k): v for k, v in pairs}",
            )  # fmt: skip
