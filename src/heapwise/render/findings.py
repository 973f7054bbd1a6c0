"""A finding in lines and as JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from heapwise import units
from heapwise.analyze.gathered import Gathered
from heapwise.model.finding import Finding, Related
from heapwise.model.stacks import Stacks
from heapwise.model.tables import Frame
from heapwise.render.paths import shorten, where
from heapwise.render.sentences import readable
from heapwise.views.costs import cost_of

_HEAD = 11
_HEADS = {"keeps": "put at", "allocates": "and at", "causes": "due to"}


def told(
    finding: Finding, stacks: Stacks | None, *, width: int, kind: str = "", more: Sequence[str] = ()
) -> Iterator[str]:
    """Who keeps it, where it was made, further lines, the evidence, and what to change. stacks: where source
    lines are to be had. kind: the type of what keeps it."""
    for head, words in places(finding, stacks, kind=kind):
        yield _line(head, words)
    yield from more
    for head, words in reasons(finding):
        yield from _wrapped(head, words, width)


def places(finding: Finding, stacks: Stacks | None, *, kind: str = "") -> Iterator[tuple[str, str]]:
    """(what it is, words): who keeps it, where it was made, and the statements that put it there."""
    if finding.holder:
        yield "kept by", finding.holder + (f" ({kind})" if kind else "")
    if finding.file or finding.function:
        yield "made at", _place(finding, stacks)
    for each in finding.related:
        yield _HEADS[each.role], _place(each, stacks)


def reasons(finding: Finding) -> Iterator[tuple[str, str]]:
    """(what it is, words): the evidence, what to change, and what that costs."""
    for sentence in finding.evidence:
        yield "because", readable(sentence)
    yield "change", finding.fix
    if cost := cost_of(finding.code):
        yield "costs", cost


def saves(finding: Finding, whole_bytes: int) -> str:
    """What its change saves, of a whole."""
    saved = finding.saving_bytes
    if saved:
        return f"saves {units.size(saved)}, {units.share(saved, whole_bytes)} of {units.size(whole_bytes)}"
    if finding.resident_bytes:
        return (
            f"saves up to {units.size(finding.resident_bytes)} of the resident set; the heap stays"
        )
    return "saves time; the peak stays"


def change(finding: Finding, meta: Mapping[str, Any]) -> Iterator[str]:
    """The lines of its diff, with paths as they are told. meta: of the recording."""
    for line in finding.patch.splitlines():
        is_path = line.startswith(("--- ", "+++ "))
        yield line[:4] + shorten(line[6:], meta) if is_path else line


def gathered(each: Gathered, stacks: Stacks | None) -> Iterator[str]:
    """Who keeps what a line made, the line, the statements that put it there, and what it is."""
    if each.holder:
        yield _line("kept by", each.holder)
    yield _line("made at", _place(each.line, stacks))
    for at in each.put_at:
        yield _line(_HEADS["keeps"], _place(at, stacks))
    if each.types:
        yield _line("as", ", ".join(f"{count:,} {name}" for name, count in each.types))


def _place(at: Finding | Related | Frame, stacks: Stacks | None) -> str:
    """The place, and its source line."""
    place = where(at.file, at.line, at.function, stacks.meta if stacks is not None else {})
    source = stacks.source_line(at.file, at.line) if stacks and at.file else ""
    return f"{place}  {source}".rstrip()


def _line(head: str, words: str) -> str:
    return f"   {head.ljust(_HEAD)}{words}"


def _wrapped(head: str, words: str, width: int) -> Iterator[str]:
    parts = textwrap.wrap(words, max(40, width - _HEAD - 3)) or [""]
    yield _line(head, parts[0])
    for part in parts[1:]:
        yield _line("", part)


def row(finding: Finding) -> dict[str, Any]:
    """As JSON has it."""
    return {
        "code": finding.code,
        "title": finding.title,
        "file": finding.file,
        "line": finding.line,
        "function": finding.function,
        "holder": finding.holder,
        "evidence": list(finding.evidence),
        "saving_bytes": finding.saving_bytes,
        "resident_bytes": finding.resident_bytes,
        "method": finding.method,
        "confidence": finding.confidence,
        "fix": finding.fix,
        "costs": cost_of(finding.code),
        "fixable": finding.fixable,
        "related": [
            {"role": each.role, "file": each.file, "line": each.line, "function": each.function}
            for each in finding.related
        ],
    }


def gathered_row(each: Gathered) -> dict[str, Any]:
    """The same of what a line made, as JSON has it."""
    return {
        **each.line._asdict(),
        "size_bytes": each.size_bytes,
        "holder": each.holder,
        "types": [{"type": name, "count": count} for name, count in each.types],
        "put_at": [at._asdict() for at in each.put_at],
    }
