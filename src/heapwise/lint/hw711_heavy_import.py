"""HW711: a module is imported for all, and used by one function.

What an import allocates stays for ever: tens of MiB for some libraries, in every process, used or not.

What to do: import it in the function that needs it; `lazy import` from Python 3.15 on. Said only where a recording
tells what the import takes. Clean: modules that the whole file uses.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.source import Source

CODE = "HW711"
TITLE = "an import that one function needs"
SIZED = True


def look(source: Source) -> Iterator[Hit]:
    """Imports at the top whose names only one function reads."""
    for node in source.tree.body:
        if (
            not isinstance(node, (ast.Import, ast.ImportFrom))
            or getattr(node, "module", "") == "__future__"
        ):
            continue
        names = [(a.asname or a.name.split(".")[0]) for a in node.names]
        uses = [use for name in names for use in source.loads.get(name, ())]
        around = {source.function(use) for use in uses}
        if len(around) == 1 and None not in around:
            function = next(iter(around))
            yield hit(
                source, node, CODE, TITLE, f"only {function.name}() uses {', '.join(names)}",  # type: ignore[union-attr]
                saves=Saves.IMPORT, user=function.name, fix=f"import it in {function.name}()",  # type: ignore[union-attr]
            )  # fmt: skip
