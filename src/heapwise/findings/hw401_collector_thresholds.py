"""HW401: the cyclic collector runs often and finds little.

The collector looks at all objects of a generation, whether or not there are cycles among them. A program that makes
many objects and keeps them (loads a model, builds an index) pays for looks that find next to nothing, and stands
still meanwhile.

What to do: collect less often, `gc.set_threshold(...)` with a higher first threshold, or `gc.freeze()` after what is
kept for good has been built. Memory that only cycles hold then stays longer; where there are many cycles, leave it.
`heapwise advise --prove` runs the program again with the threshold, and tells both times. Costs: cycles stay longer.
Clean: collections that find much, or that take no time to speak of.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise import units
from heapwise.findings.run import Run, largest_line
from heapwise.findings.waste import python_version
from heapwise.model.finding import Finding
from heapwise.model.recording import Recording

CODE = "HW401"
TITLE = "the collector runs often and finds little"
_LEAST_SHARE, _LEAST_S, _LEAST_RUNS = 0.05, 0.1, 20
_WANTED_SHARE = 0.01
_MOST_FOUND_PER_MS = 100
"""A collector looks at some 10 000 objects in that time."""
_FIRST_THRESHOLD, _FIRST_THRESHOLD_SINCE_14, _MOST_THRESHOLD = 700, 2000, 500_000


def scan(run: Run) -> Iterator[Finding]:
    """Of the process that stood still longest for nothing: its share of time, and what was found."""
    told = [each for each in (run.main, *run.children) if _pays(each)]
    if not told:
        return
    process = max(told, key=_stood_s)
    rows, duration_s, stood_s = process.collections, process.summary.duration_s, _stood_s(process)
    first = (
        _FIRST_THRESHOLD if python_version(run.main.meta) < (3, 14) else _FIRST_THRESHOLD_SINCE_14
    )
    threshold = _round(first * stood_s / duration_s / _WANTED_SHARE)
    runs_count = sum(row.runs_count for row in rows)
    where = "" if process is run.main else f" in process {process.meta.get('pid')}"
    share = units.share(stood_s, duration_s)
    evidence = [
        f"{runs_count} collections took {units.duration(stood_s)}{where}, {share} of the time",
        f"they found {_found_count(process)} objects; by generation: "
        + ", ".join(f"{row.collected_count} in {row.runs_count} collections" for row in rows),
    ]
    if len(told) > 1:
        evidence.append(f"so it is in {len(told)} processes")
    file, line, function = largest_line(process)
    yield Finding(
        CODE, TITLE, file, line, function, evidence=tuple(evidence), confidence=0.8, setting=f"threshold={threshold}",
        fix=f"gc.set_threshold({threshold}, 10, 10) at the start, or gc.freeze() after what is kept has been built",
    )  # fmt: skip


def _pays(process: Recording) -> bool:
    """Whether its collections cost much and find little."""
    stood_s = _stood_s(process)
    return (
        sum(row.runs_count for row in process.collections) >= _LEAST_RUNS
        and stood_s >= max(_LEAST_S, _LEAST_SHARE * process.summary.duration_s)
        and _found_count(process) <= _MOST_FOUND_PER_MS * stood_s * 1e3
    )


def _stood_s(process: Recording) -> float:
    return sum(row.pauses_ns for row in process.collections) / 1e9


def _found_count(process: Recording) -> int:
    return sum(row.collected_count for row in process.collections)


def _round(value: float) -> int:
    """Up to the next of 10 000, 20 000, 50 000, 100 000 ...; at most _MOST_THRESHOLD."""
    steps = [10_000, 20_000, 50_000, 100_000, 200_000, _MOST_THRESHOLD]
    return next((step for step in steps if step >= value), _MOST_THRESHOLD)
