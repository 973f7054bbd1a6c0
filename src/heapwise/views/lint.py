"""The answer to "what does the source itself show?": hits of rules, ranked by the bytes of their lines where a
recording tells them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from heapwise import lint
from heapwise.analyze.by_place import by_line
from heapwise.analyze.selection import Selection
from heapwise.lint.rule import Hit
from heapwise.lint.selection import allowed
from heapwise.model.finding import Finding
from heapwise.model.recording import Recording

LEAST_SHARE = 0.01
"""Of the peak, or of all bytes ever: what costs less is not worth a word where it must be sized."""


@dataclass(frozen=True, slots=True)
class Sized:
    """A hit, with what its lines held at the peak and allocated in all; None without a recording."""

    hit: Hit
    peak_bytes: int | None = None
    total_bytes: int | None = None
    count: int = 0


@dataclass(frozen=True)
class LintReport:
    """hits: by place; with a recording the most bytes first. peak_bytes: of the recording."""

    hits: Sequence[Sized]
    files_count: int
    peak_bytes: int | None = None


def check(
    files: Sequence[Path],
    codes: Collection[str],
    *,
    ignores: Mapping[str, Sequence[str]] | None = None,
    recording: Recording | None = None,
    asked_for: Collection[str] = (),
) -> LintReport:
    """What the rules of some codes say of files. ignores: pattern of files -> codes. asked_for: codes that are
    told whether sizes are known or not."""
    costs = Costs(recording) if recording is not None else None
    found: list[Sized] = []
    for path in files:
        if costs is not None and not costs.knows(path):
            continue
        wanted = allowed(codes, path, ignores or {})
        hits = lint.check_file(path, wanted, sized=costs is not None or bool(asked_for))
        if costs is not None:
            found += costs.worth_saying(hits)
        else:
            found += [Sized(each) for each in hits if not each.sized or each.code in asked_for]
    if costs is None or recording is None:
        return LintReport(found, len(files))
    found.sort(key=lambda each: (-(each.peak_bytes or 0), -(each.total_bytes or 0)))
    return LintReport(found, len(files), int(recording.summary.peak_bytes))


class Costs:
    """What each line of a recording held and allocated."""

    def __init__(self, recording: Recording) -> None:
        self._summary = recording.summary
        self._by_file: dict[str, dict[int, tuple[int, int, int]]] = {}
        for row in by_line(recording, Selection(limit=0)).rows():
            file = str(Path(row["file"]).resolve())
            figures = int(row["peak_bytes"]), int(row["total_bytes"]), int(row["count"])
            lines = self._by_file.setdefault(file, {})
            known = lines.get(row["line"], (0, 0, 0))
            lines[row["line"]] = tuple(a + b for a, b in zip(known, figures, strict=True))  # type: ignore[assignment]

    def files(self) -> list[Path]:
        """The files that allocated, those of most bytes at the peak first."""
        order = sorted(
            self._by_file.items(), key=lambda item: -sum(b for b, _, _ in item[1].values())
        )
        return [
            Path(file) for file, _ in order if not file.startswith("<") and Path(file).is_file()
        ]

    def knows(self, path: Path) -> bool:
        """Whether a file allocated anything."""
        return str(path.resolve()) in self._by_file

    def of(self, hit: Hit) -> Sized:
        """A hit with the figures of its lines."""
        lines = self._by_file.get(str(Path(hit.path).resolve()), {})
        within = [lines[n] for n in range(hit.line, hit.end_line + 1) if n in lines]
        peak, total, count = (sum(each[i] for each in within) for i in range(3))
        return Sized(hit, peak, total, count)

    def worth_saying(self, hits: Sequence[Hit]) -> list[Sized]:
        """Those whose lines cost a part of the peak, or of all bytes, that is worth a word; and those that need
        no sizes."""
        least = LEAST_SHARE * self._summary.peak_bytes
        sized = [self.of(hit) for hit in hits]
        return [each for each in sized if not each.hit.sized or (each.peak_bytes or 0) >= least]


def finding(sized: Sized) -> Finding:
    """A hit as a finding. What its lines held at the peak is the most that a change can save."""
    hit = sized.hit
    told = [hit.says]
    if sized.peak_bytes is not None:
        told.append(
            f"these lines held {sized.peak_bytes} bytes at the peak, in {sized.count} allocations of the run"
        )
    return Finding(
        hit.code, hit.title, hit.path, hit.line, hit.function, "", tuple(told), sized.peak_bytes or 0,
        "computed", 0.6 if hit.sized else 0.8, hit.fix, fixable=bool(hit.edits),
    )  # fmt: skip
