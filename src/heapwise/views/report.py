"""The report on a recording: which queries each view shows, in which order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from heapwise.analyze.by_place import by_file, by_function, by_line
from heapwise.analyze.calls import calls, with_calls
from heapwise.analyze.collector import collector, pauses
from heapwise.analyze.limits import limits, limits_of_family
from heapwise.analyze.processes import processes
from heapwise.analyze.resident import resident
from heapwise.analyze.selection import Selection
from heapwise.analyze.spans import spans
from heapwise.analyze.stack_tree import tree_table
from heapwise.analyze.timeline import timeline
from heapwise.analyze.total import total_saving_bytes
from heapwise.analyze.trend import with_trends
from heapwise.analyze.verdict import Verdict, verdict
from heapwise.model.family import Family
from heapwise.model.finding import Finding
from heapwise.model.recording import Recording
from heapwise.model.table import Table
from heapwise.views.costly_lines import of_lines

if TYPE_CHECKING:  # which loads all rules: the end of a run does without
    from heapwise.views.advise import Advice

Query = Callable[[Recording, Selection], Table]

QUERIES: dict[str, Query] = {
    "resident": lambda recording, _: resident(recording),
    "lines": by_line,
    "line_details": lambda recording, selection: with_trends(
        by_line(recording, selection), recording, selection
    ),
    "functions": lambda recording, selection: with_calls(
        by_function(recording, selection), recording
    ),
    "calls": calls,
    "files": by_file,
    "tree": tree_table,
    "timeline": lambda recording, _: timeline(recording),
    "spans": spans,
    "collector": lambda recording, _: collector(recording),
    "pauses": lambda recording, _: pauses(recording),
}

VIEWS: dict[str, tuple[str, ...]] = {
    "overview": ("resident", "lines", "functions"),
    "verdict": (),
    "lines": ("line_details",),
    "functions": ("functions",),
    "files": ("files",),
    "calls": ("calls",),
    "tree": ("tree",),
    "time": ("timeline", "spans", "collector", "pauses"),
}


@dataclass(frozen=True)
class Report:
    """Everything a renderer may show: it computes nothing further."""

    recording: Recording
    selection: Selection
    view: str
    verdict: Verdict
    tables: Sequence[Table]
    limits: Sequence[str]
    family: Family
    """Of which `recording` is one process, or all."""
    findings: Sequence[Finding] = ()
    """What the source of its lines shows, most bytes first; of the views that begin with a verdict."""
    total_saving_bytes: int = 0
    """What all findings together would save."""
    advice_whole_bytes: int = 0
    """What their savings are shares of."""
    advice_limits: Sequence[str] = ()
    """What was not looked at for them."""


def build(
    family: Family, selection: Selection, *, view: str = "overview", process: str = "all",
    advice: Advice | None = None,
) -> Report:  # fmt: skip
    """Runs the queries of a view. process: `all`, `main` or a number; UsageError if there is none. advice: what all
    rules say of the run, in the place of what the source of its lines alone shows."""
    recording = family.process(process)
    tables = [QUERIES[name](recording, selection) for name in VIEWS[view]]
    if family.children and view == "overview":
        tables.append(processes(family))
    said = [*(limits_of_family(family) if process == "all" else ()), *limits(recording)]
    told = verdict(recording)
    if advice is not None:
        return Report(
            recording, selection, view, told, tables, said, family, advice.findings,
            advice.total_saving_bytes, advice.whole_bytes, advice.limits,
        )  # fmt: skip
    found = of_lines(recording) if view in ("overview", "verdict") else ()
    whole_bytes = int(recording.summary.peak_bytes)
    total = total_saving_bytes(found, None, whole_bytes=whole_bytes)
    return Report(recording, selection, view, told, tables, said, family, found, total, whole_bytes)
