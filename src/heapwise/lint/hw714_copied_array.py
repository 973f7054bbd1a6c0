"""HW714: an array is loaded narrow and kept wide.

`np.load(path).astype(np.float64)` holds both for a moment, and keeps the wider one: twice the bytes for the same
values.

What to do: keep the narrow type, and widen where it is computed with; or read into the type that is wanted
(`np.loadtxt(dtype=...)`, `pd.read_csv(dtype=...)`). Costs: widening takes time at each use. Said only where a recording
tells how much it is.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import Source

CODE = "HW714"
TITLE = "an array kept wider than it was loaded"
SIZED = True
NEEDS = ("astype",)
_LOADERS = {
    "numpy.load", "numpy.fromfile", "numpy.frombuffer", "numpy.loadtxt", "numpy.genfromtxt", "numpy.memmap",
    "pandas.read_csv", "pandas.read_parquet", "pandas.read_pickle",
}  # fmt: skip
_WIDE = {
    "float",
    "int",
    "object",
    "numpy.float64",
    "numpy.int64",
    "numpy.complex128",
    "numpy.longdouble",
}
_WIDE_NAMES = {"float64", "int64", "complex128", "object", "O", "f8", "i8"}


def look(source: Source) -> Iterator[Hit]:
    """What is loaded, and made wider at once."""
    for call in source.of(ast.Call):
        if not isinstance(call.func, ast.Attribute) or call.func.attr != "astype" or not call.args:
            continue
        kind = call.args[0]
        named = isinstance(kind, ast.Constant) and kind.value in _WIDE_NAMES
        if source.called(call.func.value) in _LOADERS and (named or source.dotted(kind) in _WIDE):
            yield hit(
                source, call, CODE, TITLE, f"{shown(call)} keeps the wider copy of what was loaded",
                saves=Saves.HALF, fix="keep the narrow one; widen where it is computed with",
            )  # fmt: skip
