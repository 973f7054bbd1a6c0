"""The answer to "what should I change?": findings of waste in the heap and of lines that cost, ranked by bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from heapwise import findings, units
from heapwise.analyze.arrow_pools import with_pools
from heapwise.analyze.at_peak import (
    as_asked,
    at_peak,
    retained_at_peak,
    shows_peak,
    without_what_stays,
)
from heapwise.analyze.frame_columns import columns_counts
from heapwise.analyze.frame_locals import frame_locals
from heapwise.analyze.gathered import Gathered, gathered
from heapwise.analyze.line_costs import LineCosts
from heapwise.analyze.made_by_calls import with_calls
from heapwise.analyze.native_share import with_native
from heapwise.analyze.next_peak import NextPeak
from heapwise.analyze.packages import reached, references
from heapwise.analyze.total import total_saving_bytes
from heapwise.findings.arrow_frames import copies_arrow
from heapwise.findings.hw397_frames_as_read import without_parts
from heapwise.findings.overlap import by_line, without_steps, without_what_goes
from heapwise.findings.related import with_related
from heapwise.findings.run import Run
from heapwise.findings.waste import worth_bytes
from heapwise.lint.hw721_unused_import import statements, top_names
from heapwise.lint.rule import Saves
from heapwise.model.finding import Finding, Freed
from heapwise.model.recording import Recording
from heapwise.model.snapshot import Snapshot
from heapwise.model.stacks import Stacks
from heapwise.model.tables import POOL_KIND
from heapwise.prove.proof import Proof
from heapwise.prove.weigh import weighed
from heapwise.views.buffers import read_source, without_buffers
from heapwise.views.costly_lines import costly, finding_of_all, slow, together
from heapwise.views.lint import Sized, least_bytes
from heapwise.views.patches import is_of_module, patch_of, with_patch

_SHOWN_TYPES = 3
LEAST_SHARE, LEAST_BYTES, MOST_LEAST_BYTES = 0.04, 1 << 20, 16 << 20
"""Nobody changes a program to save less: a share of the peak, within bounds."""
_AT_THE_END = "so it is at the end; the peak was of other things"
_AFTER_THE_SNAPSHOT = (
    "so it is at the end; the snapshot of the peak was taken before it had been made"
)
_NEAR = 0.8
"""Of the heap at the peak a snapshot of it must show so much, if what it does not show was not there."""


@dataclass(frozen=True)
class Advice:
    """findings: most bytes first. whole_bytes: what they are shares of: the heap of the snapshot, or the peak of the
    recording. proofs: code, file and line -> what trying it showed. limits: what was not looked at. Savings overlap,
    and are never added up: total_saving_bytes is what all would save together, all_count of them, those beyond the
    limit as well. largest: what holds most at the peak, and no finding speaks of."""

    findings: Sequence[Finding]
    whole_bytes: int
    meta: dict[str, Any]
    stacks: Stacks | None
    proofs: dict[tuple[str, str, int], Proof]
    limits: Sequence[str] = ()
    total_saving_bytes: int = 0
    all_count: int = 0
    largest: Sequence[Gathered] = ()


def advise(
    snapshot: Snapshot | None, recording: Recording | None = None, *, children: Sequence[Recording] = (),
    end: Snapshot | None = None, limit: int = 0, least: int | None = None,
) -> Advice:  # fmt: skip
    """All rules on a heap, on a recording's lines and their source, or on both. children: of the recording's run.
    end: what the heap was at the end, where the snapshot is one of the peak. limit: findings; 0 for all. least:
    bytes that a change must save to be told; None: what is worth it beside the peak."""
    limits: list[str] = []
    found: list[Finding] = []
    if snapshot is not None:
        found = _of_heap(snapshot, recording)
    else:
        limits.append(
            "No snapshot: objects were not looked at. Run again with --snapshot peak,end."
        )
    asked_end = end if end is not None and _holds_much(end, recording) else None
    of_end = _of_heap(asked_end, recording) if asked_end is not None else []
    if recording is not None:
        costs = LineCosts(recording)
        if snapshot is not None:
            _tell_of_heap(costs, snapshot, end, recording)
        found = without_buffers(found, costs, of_end if end is not None else None)
        found += findings.of_run(Run(recording, children))
        of_source = _of_source(costs, snapshot)
        found += of_source if snapshot is None else as_asked(of_source, snapshot, recording)
        if snapshot is not None:
            found += _with_source(snapshot, recording, costs)
        if asked_end is not None:
            of_end += _not_of_peak(_with_source(asked_end, recording, costs), found)
        if snapshot is not None and shows_peak(snapshot, recording):
            found += _not_said(findings.of_peak(snapshot, costs), of_source)
        found += _not_known([*findings.of_recording(recording), *slow(costs)], found)
        if left_out := costs.left_out_count():
            limits.append(
                f"Source files that have changed since, and were not looked at: {left_out}."
            )
        if not _can_mend():
            limits.append("Changes are not made out without LibCST: pip install 'heapwise[fix]'.")
    else:
        limits.append("No recording: lines were not looked at.")
    whole = [snapshot.figure("shallow_bytes")] if snapshot is not None else []
    whole += [int(recording.summary.peak_bytes)] if recording is not None else []
    one = recording if recording is not None else snapshot
    whole_bytes = max(whole, default=0)
    last = end if end is not None else snapshot
    unasked = list(findings.at_end(last, costs)) if recording is not None and last else []
    found, of_end = without_parts(found, unasked), without_parts(of_end, unasked)
    if end is not None:
        is_near = snapshot is None or snapshot.figure("shallow_bytes") >= _NEAR * whole_bytes
        found = _besides(found, end, [*of_end, *unasked], whole_bytes, is_near=is_near)
    else:
        found += unasked
    if recording is not None:
        found = NextPeak(recording, snapshot).lowered(found)
    found, untold = _worth_it(found, _worth_at(whole_bytes) if least is None else least)
    limits += untold
    found += findings.resident(last) if last is not None else ()
    found.sort(key=lambda each: (-each.saving_bytes, -each.resident_bytes))
    found = without_steps([with_related(each, snapshot) for each in found])
    found = [with_patch(each, costs) for each in found] if recording is not None else found
    largest = gathered(recording, snapshot, found, whole_bytes) if recording is not None else []
    if snapshot is not None and not largest and not any(each.saving_bytes for each in found):
        limits.append(_takes_most(snapshot))
    return Advice(
        _first(found, limit), whole_bytes, one.meta if one else {},
        recording if recording is not None else snapshot.stacks if snapshot else None, {}, limits,
        total_saving_bytes(found, snapshot, whole_bytes=whole_bytes), len(found), largest,
    )  # fmt: skip


def _of_source(costs: LineCosts, snapshot: Snapshot | None) -> list[Finding]:
    """What the source shows of the lines that held most, with the changes."""
    hits = _not_needed(list(costly(costs)), costs, snapshot)
    return [
        finding_of_all(
            each, costs, patch_of(path, [edit for one in each for edit in one.hit.edits])
        )
        for path, each in together(hits)
    ]


def _tell_of_heap(
    costs: LineCosts, snapshot: Snapshot, end: Snapshot | None, recording: Recording
) -> None:
    """What lines need to know of the objects."""
    retained = snapshot.nodes("retained_bytes")
    if shows_peak(snapshot, recording):
        # What locals have was made by then: what their sites hold more at the peak is what is made next.
        costs.locals = frame_locals(snapshot, retained)
        retained = retained_at_peak(snapshot, recording)
    costs.held.update(_globals(snapshot, costs, retained))
    costs.copies_arrow = copies_arrow(snapshot)
    costs.columns = columns_counts(snapshot) | (columns_counts(end) if end else {})


def _worth_at(peak_bytes: int) -> int:
    """What a change must save to be told, by the peak."""
    return max(LEAST_BYTES, min(round(LEAST_SHARE * peak_bytes), MOST_LEAST_BYTES))


def _worth_it(found: list[Finding], least: int) -> tuple[list[Finding], list[str]]:
    """(those that save enough, or nothing but time; what to say of the others)."""
    small = sum(0 < each.saving_bytes < least for each in found)
    if not small:
        return found, []
    kept = [each for each in found if not 0 < each.saving_bytes < least]
    return kept, [f"Changes that save less than {units.size(least)}, not told: {small} (--least)."]


def _not_known(others: Iterable[Finding], found: Sequence[Finding]) -> list[Finding]:
    """Those that are not said yet of their line."""
    known = {(each.code, each.file, each.line) for each in found}
    return [each for each in others if (each.code, each.file, each.line) not in known]


def _not_said(of_peak: Iterable[Finding], of_source: Sequence[Finding]) -> Iterator[Finding]:
    """What the peak shows of lines of which the source tells nothing that saves nearly as much."""
    known = {(each.file, each.line): each.saving_bytes for each in of_source}
    for each in of_peak:
        if each.saving_bytes > 2 * known.get((each.file, each.line), 0):
            yield each


def _of_heap(snapshot: Snapshot, recording: Recording | None) -> list[Finding]:
    """What the objects show; where there is a recording with what it tells: what was asked for, at the peak, with what
    is native. Whole objects that take little may be worth a word with the native memory that goes with them."""
    least = worth_bytes(snapshot)
    weighed_waste = by_line(weighed(list(findings.wasteful(snapshot)), snapshot.meta))
    by_structure = by_line(list(findings.scan(snapshot)))
    told = {id(each) for each in without_what_goes([*weighed_waste, *by_structure], snapshot)}
    waste = [each for each in weighed_waste if id(each) in told]
    if recording is None:
        told_of = [*(each for each in waste if each.saving_bytes >= least), *by_structure]
        return without_what_stays(told_of)
    worth = [
        *(each for each in waste if each.saving_bytes >= least or each.freed.roots),
        *by_structure,
    ]
    found = _at_peak(as_asked(worth, snapshot, recording), snapshot, recording)
    found = list(with_pools(list(with_native(found, snapshot, recording)), snapshot, recording))
    found = without_what_stays(list(with_calls(found, snapshot, recording)))
    large = max(least, least_bytes(int(recording.summary.peak_bytes)))
    return [
        after for before, after in zip(worth, found, strict=True)
        if before.saving_bytes >= least or after.saving_bytes >= large or before in by_structure
    ]  # fmt: skip


def _holds_much(end: Snapshot, recording: Recording | None) -> bool:
    """Whether a heap holds what may be worth a word beside the peak, besides what libraries made as they were imported;
    where nothing was recorded, it may. Who mapped a library's pool, as by an import, is not who fills it."""
    if recording is None or not end.held:
        return True
    rows, kinds = recording.site_rows, recording.sites.kind
    held = (
        size for site, size in end.held.items()
        if (row := rows.get(site)) is None or kinds[row] == POOL_KIND
        or not (recording.site_own[row] or recording.is_import(row))
    )  # fmt: skip
    return sum(held) >= least_bytes(int(recording.summary.peak_bytes))


def _with_source(snapshot: Snapshot, recording: Recording, costs: LineCosts) -> Sequence[Finding]:
    """What the objects and the source show together, in bytes that were asked for, with what is native."""
    found = as_asked(list(findings.with_source(snapshot, costs)), snapshot, recording)
    return list(with_native(_at_peak(found, snapshot, recording), snapshot, recording))


def _at_peak(found: Sequence[Finding], snapshot: Snapshot, recording: Recording) -> list[Finding]:
    of_tables = not shows_peak(snapshot, recording)
    return at_peak(found, snapshot, recording, of_tables=of_tables)


def _takes_most(snapshot: Snapshot) -> str:
    rows = sorted(snapshot.types, key=lambda row: -row.shallow_bytes)[:_SHOWN_TYPES]
    told = ", ".join(f"{units.size(row.shallow_bytes)} {row.type}" for row in rows)
    return f"What takes most: {told}; `heapwise report` of the snapshot tells who keeps it."


def _besides(
    found: Sequence[Finding], end: Snapshot, at_end: Sequence[Finding], whole_bytes: int,
    *, is_near: bool,
) -> list[Finding]:  # fmt: skip
    """The findings, and what the end shows that the peak does not, or in the place of what the peak hides the most of.
    The objects of the end are not those of the peak. is_near: whether the snapshot of the peak shows most of it."""
    why = _AT_THE_END if is_near else _AFTER_THE_SNAPSHOT
    known: dict[tuple[str, str, int], int] = {}
    for each in found:
        known[_key(each)] = max(each.saving_bytes, known.get(_key(each), 0))
    more = [
        each for each in at_end
        if each.saving_bytes >= max(least_bytes(whole_bytes), 2 * known.get(_key(each), 0))
    ]  # fmt: skip
    # Of what a rule tells of one line in two ways the most.
    more = list(
        {_key(each): each for each in sorted(more, key=lambda each: each.saving_bytes)}.values()
    )
    replaced = {_key(each) for each in more} | {
        (each.code, *at) for each in more for at in each.freed.lines
    }
    return [
        *(each for each in found if _key(each) not in replaced),
        *(
            with_related(each, end)
            if each.freed.lines
            else replace(with_related(each, end), evidence=(*each.evidence, why), freed=Freed())
            for each in more
        ),
    ]


def _not_of_peak(of_end: Sequence[Finding], found: Sequence[Finding]) -> list[Finding]:
    """What the end shows of the kinds that the peak shows little of: what was worked out in steps is made at one line,
    and kept from another."""
    known: dict[str, int] = {}
    for each in found:
        known[each.code] = max(each.saving_bytes, known.get(each.code, 0))
    return [each for each in of_end if each.saving_bytes >= 2 * known.get(each.code, 0)]


def _key(finding: Finding) -> tuple[str, str, int]:
    return finding.code, finding.file, finding.line


def _first(found: Sequence[Finding], limit: int) -> Sequence[Finding]:
    """The first findings; those that save time or resident memory alone stand last, and are not cut off."""
    if not limit:
        return found
    return [
        *found[:limit],
        *(each for each in found[limit:] if not each.saving_bytes),
    ]


def _globals(
    snapshot: Snapshot, costs: LineCosts, retained: Sequence[int]
) -> Iterator[tuple[tuple[str, str], int]]:
    """((file, name), bytes) of what the globals of the program's modules retain."""
    paths = costs.files()
    for namespace, module in snapshot.namespaces.items():
        path = next((path for path in paths if is_of_module(path, module, costs.script)), None)
        if path is not None:
            for step in snapshot.steps_from(namespace):
                if step.kind == "key":
                    yield (str(path), str(step.name)), retained[step.node]


def _can_mend() -> bool:
    """Whether changes can be made out; not by loading what does that, which takes longer than most advice."""
    return find_spec("libcst") is not None


def _not_needed(
    hits: Sequence[tuple[Path, Sized]], costs: LineCosts, snapshot: Snapshot | None
) -> Iterator[tuple[Path, Sized]]:
    """Hits without those on imports of libraries that other code needs: another import that ran, of the same file or
    of another one, or another library that the program imports, where a snapshot shows what that refers to."""
    if not any(each.hit.saves is Saves.IMPORT for _, each in hits):
        yield from hits
        return
    imported = {str(path): _imported(path, costs) for path in costs.own_files()}
    told = {(each.hit.path, each.hit.line) for _, each in hits if each.hit.saves is Saves.IMPORT}
    refers = references(snapshot) if snapshot is not None else {}
    for path, each in hits:
        own = set(each.hit.modules)
        others = (
            tops for file, lines in imported.items() for line, tops in lines.items()
            if file != each.hit.path or (file, line) not in told
        )  # fmt: skip
        elsewhere = set().union(*others)
        if each.hit.saves is not Saves.IMPORT or own.isdisjoint(
            elsewhere | reached(refers, elsewhere - own)
        ):
            yield path, each


def _imported(path: Path, costs: LineCosts) -> dict[int, set[str]]:
    """Line -> the first names of the modules that the import statements of a file there name, of those that may have
    run."""
    source = read_source(path)
    nodes = statements(source) if source is not None else []
    found: dict[int, set[str]] = {}
    for node in nodes:
        around, line = source.function(node) if source is not None else None, node.lineno
        if around is not None and around.lineno == line:  # that of `def` ran, whatever its body did
            is_run = costs.ran(str(path), around.name, line, line)
        else:
            is_run = costs.may_have_run(str(path), line, line)
        if is_run:
            found.setdefault(line, set()).update(top_names(node))
    return found
