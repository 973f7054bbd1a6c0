"""What lint's rules say of the lines that held most at the peak. Of few imports: `heapwise run` ends with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from heapwise import lint
from heapwise.analyze.line_costs import LineCosts
from heapwise.lint.hw712_outlives_its_use import CODE as LOCALS
from heapwise.lint.rule import Saves
from heapwise.lint.savings import lines_of
from heapwise.model.finding import Finding, Freed, Related
from heapwise.model.recording import Recording
from heapwise.views.lint import Sized, finding, least_bytes, worth_saying

_LEAST_S, _LEAST_TIME_SHARE = 0.2, 0.1


def of_lines(recording: Recording) -> list[Finding]:
    """What the source shows of the lines that held most at the peak, without its changes; most bytes first."""
    costs = LineCosts(recording)
    found = [finding_of_all(each, costs) for _, each in together(costly(costs))]
    return sorted(found, key=lambda each: -each.saving_bytes)


def together(hits: Iterable[tuple[Path, Sized]]) -> Iterator[tuple[Path, Sequence[Sized]]]:
    """(file, hits that are one change, most bytes first): the locals of one function that outlive their use."""
    groups: dict[tuple[Path, str, object], list[Sized]] = {}
    for path, each in hits:
        key = each.hit.function if each.hit.code == LOCALS else id(each)
        groups.setdefault((path, each.hit.code, key), []).append(each)
    for (path, _, _), found in groups.items():
        yield path, sorted(found, key=lambda each: -(each.saving_bytes or 0))


def finding_of_all(hits: Sequence[Sized], costs: LineCosts, patch: str = "") -> Finding:
    """Hits that are one change as a finding."""
    found = [finding_of(each, costs, patch) for each in hits]
    first, lines = found[0], Counter[tuple[str, int]]()
    for each in found:
        lines.update(each.freed.lines)
    return first if len(found) == 1 else replace(
        first, saving_bytes=sum(each.saving_bytes for each in found), fix="; ".join(each.fix for each in found),
        evidence=tuple(told for each in found for told in each.evidence), freed=replace(first.freed, lines=lines),
        fixable=any(each.fixable for each in found),
        related=tuple(Related("allocates", each.file, each.line, each.function) for each in found[1:]),
    )  # fmt: skip


def finding_of(sized: Sized, costs: LineCosts, patch: str = "") -> Finding:
    """A hit as a finding that knows the lines whose bytes it speaks of."""
    local = costs.locals.get((sized.hit.function, sized.hit.holder))
    if sized.hit.saves is Saves.LOCAL and local is not None:
        freed = Freed(roots=(local.node,), entirely=True)
        return replace(finding(sized, patch), freed=freed)
    return replace(finding(sized, patch), freed=Freed(lines=lines_of(sized.hit, costs)))


def costly(costs: LineCosts) -> Iterator[tuple[Path, Sized]]:
    """(file, hit) worth a change; one a line, the one that can be changed by itself before the others."""
    least, ran = least_bytes(costs.peak_bytes), costs.lines_that_ran
    for path in costs.files(least):  # what holds less can save no more
        best: dict[int, Sized] = {}
        for each in worth_saying(
            lint.check_file(path, sized=True, ran=ran.get(str(path), ())), costs
        ):
            known = best.get(each.hit.line)
            if (each.saving_bytes or 0) >= least and (known is None or _rank(each) > _rank(known)):
                best[each.hit.line] = each
        yield from ((path, each) for each in best.values())


def slow(costs: LineCosts) -> Iterator[Finding]:
    """What the source shows of lines of the program's own that took much of the processor's time."""
    codes, ran = lint.timed(), costs.lines_that_ran
    for path in costs.busy_files(_LEAST_TIME_SHARE):
        told = set()
        for each in lint.check_file(path, codes, sized=True, ran=ran.get(str(path), ())):
            seconds, share = costs.cpu_time(each.path, each.line, each.end_line)
            if seconds >= _LEAST_S and share >= _LEAST_TIME_SHARE and each.line not in told:
                told.add(each.line)
                says = f"takes {share:.0%} of the processor's time, {seconds:.1f} s"
                found = finding(Sized(each))
                yield replace(found, evidence=(*found.evidence, says), method="sampled")


def _rank(sized: Sized) -> tuple[bool, bool, int]:
    return bool(sized.hit.edits), not sized.hit.sized, sized.saving_bytes or 0
