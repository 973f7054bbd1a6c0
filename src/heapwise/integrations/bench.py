"""`heapwise.bench(f, g)`: functions side by side, from within a program or a notebook."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from heapwise.analyze import alternatives as query
from heapwise.capture import alternatives as capture
from heapwise.model.table import Table
from heapwise.render import alternatives as render


class Bench:
    """The answer of `bench`: `table` (a row for each alternative), `verdict` (sentences); as text, both."""

    def __init__(self, measured: Sequence[query.Measured]) -> None:
        self.table: Table = query.alternatives(measured)
        self.verdict: list[str] = query.verdict(measured)

    def __str__(self) -> str:
        return render.text(self.table, self.verdict)

    __repr__ = __str__


def bench(*functions: Callable[[], object], repeat: int = 7, number: int = 0) -> Bench:
    """Measures functions without arguments: time, peak, total, allocations, size kept.

    repeat: rounds. number: runs a round; 0: as many as make a round long enough to time. Sizes are in
    bytes above the level at the call's entry; what a function returns is what it keeps.
    ValueError without a function; whatever they raise is raised.
    """
    if not functions:
        raise ValueError("there is nothing to measure")
    found = [capture.of_function(function) for function in functions]
    return Bench(capture.measure(found, repeat=repeat, number=number))
