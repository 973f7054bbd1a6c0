"""HW714: an array is made twice: once as it comes, once as it is wanted.

`np.load(path).astype(np.float64)` holds both at the peak, and keeps the wider one: twice the bytes for the same values.

What to do: keep the narrow type, and widen where it is computed with; or read into the type that is wanted
(`np.loadtxt(dtype=...)`, `pd.read_csv(dtype=...)`). Said only where a recording tells how much it is.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, hit, shown
from heapwise.lint.source import Source

CODE = "HW714"
TITLE = "an array made twice"
SIZED = True
NEEDS = ("astype", ".copy(", "to_numpy", "tolist", "to_dict")
_COPIES = {"astype", "copy", "to_numpy", "tolist", "to_dict"}


def look(source: Source) -> Iterator[Hit]:
    """`astype`, `copy`, `tolist`, `to_dict`."""
    for call in source.of(ast.Call):
        if isinstance(call.func, ast.Attribute) and call.func.attr in _COPIES:
            yield hit(
                source, call, CODE, TITLE, f"{shown(call)} is a second copy",
                fix="keep the one that is used; convert piece by piece, where it is computed with",
            )  # fmt: skip
