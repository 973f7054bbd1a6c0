"""The program as it is and as it would be, run in turns, and compared."""

from __future__ import annotations

import os
import shlex
import statistics
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from heapwise import units
from heapwise.analyze.compare import interval
from heapwise.errors import CannotProveError
from heapwise.model.mark import SETTING
from heapwise.prove.patch import FilePatch
from heapwise.prove.trial import Bare, Recorded, bare, recorded
from heapwise.prove.workspace import Workspace

FIGURES = ("peak_bytes", "total_bytes", "peak_rss_bytes", "private_bytes", "time_s")
PROVED, DISPROVED, CHANGED, FAILED = "proved", "disproved", "changed", "failed"
_LEAST_GAIN, _LEAST_OF_ONE = 0.01, 0.05
_MAPPED_BYTES = 4 << 20
"""By so much the resident sets of two equal runs may differ: how much of the libraries' files the kernel maps at once
depends on what it has in memory."""
_PAGES_BYTES = 512 << 10
"""By so much the medians of a few runs may: of a small program that is a large part."""
_MOST_RECORDED = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """The median of some runs, with the lowest and the highest."""

    median: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Proof:
    """before, after: FIGURES; the first two only of programs that can be recorded, the fourth (what
    child processes had of their own) only of a setting that is about it. changes: figure -> (after
    minus before, low, high), 95 %. same_output: None when the program's output differs from run to run by itself.
    verdict: `proved`, `disproved` (no gain that is more than noise), `changed` (another output or exit code),
    `failed` (the program fails as it is). why: in words. rounds: how often each was run."""

    before: Mapping[str, Figure]
    after: Mapping[str, Figure]
    changes: Mapping[str, tuple[float, float, float]]
    same_output: bool | None
    verdict: str
    why: str
    rounds: int

    @property
    def saved_bytes(self) -> int:
        """By how much that fell which child processes have of their own, where that was the aim; else the peak of the
        heap (of the resident set, where that was not recorded)."""
        names = ("private_bytes", "peak_bytes", "peak_rss_bytes")
        name = next((each for each in names if each in self.changes), names[-1])
        return round(-self.changes[name][0]) if name in self.changes else 0


@dataclass(frozen=True)
class Task:
    """command, directory: of the original. root: what is copied. patches: what is changed in the copy. instead:
    another command, that is to be compared with the first. test: a command that must succeed in both. outputs:
    files that must be the same, relative to the directory. environment: of the runs. setting: of the collector,
    for the second; aim: the figure that it shall lower; empty: the heap or the resident set."""

    command: Sequence[str]
    directory: Path
    root: Path
    patches: Sequence[FilePatch] = ()
    instead: Sequence[str] = ()
    test: str = ""
    outputs: Sequence[str] = ()
    environment: Mapping[str, str] | None = None
    setting: str = ""
    aim: str = ""


def prove(task: Task, *, rounds: int = 5, say: Callable[[str], None]) -> Proof:
    """Runs both in turns, each in a copy of its own. say: is told of progress. CannotProveError."""
    with tempfile.TemporaryDirectory(prefix="heapwise-prove-") as folder:
        place = Path(folder)
        arms = [_Arm(task, place / "before"), _Arm(task, place / "after", changed=True)]
        for number in range(rounds):
            for arm in arms if number % 2 == 0 else arms[::-1]:
                say(f"round {number + 1} of {rounds}: {arm.name}")
                arm.run(with_recording=number < _MOST_RECORDED)
            if number == 0 and (early := _broken(arms, task)):
                return early
        return _judged(arms, rounds, task.aim)


class _Arm:
    """One side of the comparison."""

    def __init__(self, task: Task, place: Path, *, changed: bool = False) -> None:
        self.name = "changed" if changed else "as it is"
        self._workspace = Workspace(task.root, place)
        self._scratch = place / "recordings"
        self._scratch.mkdir()
        self._task = task
        self.patched: list[Path] = []
        if changed and task.patches:
            self.patched = self._workspace.change(task.patches)
        words = task.instead if changed and task.instead else task.command
        self.command = self._workspace.command(words)
        self._directory = Path(self._workspace.moved(str(task.directory.resolve())))
        given = task.environment if task.environment is not None else os.environ
        self._environment = self._workspace.environment(given)
        if changed and task.setting:
            self._environment[SETTING] = task.setting
        self.bare: list[Bare] = []
        self.recorded: list[Recorded] = []
        self.test_failed = ""

    def run(self, *, with_recording: bool) -> None:
        """One round."""
        self._workspace.renew()
        if self._task.test and not self.bare:
            tested = bare(["sh", "-c", self._task.test], self._directory, self._environment)
            if tested.exit_code:
                said = tested.said.decode(errors="replace") + tested.complaint
                self.test_failed = f"exit code {tested.exit_code}; {said[-400:]}"
            self._workspace.renew()
        self.bare.append(
            bare(
                self.command, self._directory, self._environment,
                outputs=[self._workspace.moved(each) for each in self._task.outputs],
                hidden=str(self._workspace.place), with_children=self._task.aim == "private_bytes",
            )
        )  # fmt: skip
        if with_recording:
            self._workspace.renew()
            found = recorded(self.command, self._directory, self._environment, self._scratch)
            if found is not None:
                self.recorded.append(found)

    def uses_the_original(self) -> str:
        """A patched file that was run where it lies, and not in the copy; empty when there is none."""
        for path in self.patched:
            original = str(self._workspace.root / path.relative_to(self._workspace.place))
            if any(original in each.sources for each in self.recorded):
                return original
        return ""

    def values(self) -> dict[str, list[float]]:
        """Of each figure what each run came to."""
        found = {
            "peak_rss_bytes": [float(each.peak_rss_bytes) for each in self.bare],
            "time_s": [each.time_s for each in self.bare],
        }
        if any(each.private_bytes for each in self.bare):
            found["private_bytes"] = [float(each.private_bytes) for each in self.bare]
        if self.recorded:
            found["peak_bytes"] = [float(each.peak_bytes) for each in self.recorded]
            found["total_bytes"] = [float(each.total_bytes) for each in self.recorded]
        return found


def _broken(arms: Sequence[_Arm], task: Task) -> Proof | None:
    """What is plain after one round of each: it fails, or the change was not in what ran."""
    before, after = arms
    if original := after.uses_the_original():
        raise CannotProveError(
            f"the program uses {original}, not its copy",
            "run it so that it finds the copy: from the project, or by PYTHONPATH",
        )  # fmt: skip
    first, second = before.bare[0], after.bare[0]
    if before.test_failed:
        return Proof({}, {}, {}, None, FAILED, f"the test fails as it is: {before.test_failed}", 1)
    if after.test_failed:
        return Proof({}, {}, {}, False, CHANGED, f"the test fails: {after.test_failed}", 1)
    missing = [each for each, digest in zip(task.outputs, first.files, strict=True) if not digest]
    if missing and not first.exit_code:
        raise CannotProveError(
            f"the program writes no {missing[0]}", "name what it writes with --same"
        )
    if first.exit_code:
        tail = first.complaint.strip().splitlines()[-1:] or ["nothing on stderr"]
        why = f"{shlex.join(task.command)} exits with {first.exit_code} as it is: {tail[0]}"
        return Proof({}, {}, {}, None, FAILED, why, 1)
    if second.exit_code != first.exit_code:
        tail = second.complaint.strip().splitlines()[-1:] or ["nothing on stderr"]
        return Proof({}, {}, {}, False, CHANGED, f"it exits with {second.exit_code}: {tail[0]}", 1)
    return None


def _judged(arms: Sequence[_Arm], rounds: int, aim: str = "") -> Proof:
    values = [arm.values() for arm in arms]
    names = [name for name in FIGURES if all(name in each for each in values)]
    before, after = ({n: _figure(each[n]) for n in names} for each in values)
    changes = {name: _change(values[0][name], values[1][name]) for name in names}
    failed = [each for each in arms[0].bare if each.exit_code]
    if failed:
        why = f"as it is it exits with {failed[0].exit_code} in {len(failed)} of {rounds} runs"
        return Proof(before, after, changes, None, FAILED, why, rounds)
    same, why_changed = _same(arms)
    if why_changed:
        return Proof(before, after, changes, False, CHANGED, why_changed, rounds)

    def least(name: str) -> float:
        """What is more than noise, bytes or seconds: of a single run the resident set and the time tell less."""
        exact = rounds > 1 or name in ("peak_bytes", "total_bytes")
        least = (_LEAST_GAIN if exact else _LEAST_OF_ONE) * before[name].median
        if name == "peak_rss_bytes":
            return max(least, _PAGES_BYTES if rounds > 1 else _MAPPED_BYTES)
        return least

    gained = [
        name for name in names
        if (name != "time_s" or name == aim) and changes[name][2] < 0
        and -changes[name][0] >= least(name)
    ]  # fmt: skip
    lost = [
        name for name in names
        if changes[name][1] > 0 and changes[name][0] >= least(name)
    ]  # fmt: skip
    peaks = {"peak_bytes", "peak_rss_bytes"}
    # What the kernel has in memory differs from run to run: of one run the resident set proves nothing by itself.
    proving = peaks if rounds > 1 else {"peak_bytes"}
    proved = bool(proving & set(gained)) and "peak_bytes" not in lost
    proved = proved or ("total_bytes" in gained and not peaks & set(lost))
    if aim:
        proved = aim in gained
    return Proof(
        before, after, changes, same, PROVED if proved else DISPROVED,
        _words(names, gained, lost, before, changes, same), rounds,
    )  # fmt: skip


def _figure(values: Sequence[float]) -> Figure:
    return Figure(statistics.median(values), min(values), max(values))


def _change(before: Sequence[float], after: Sequence[float]) -> tuple[float, float, float]:
    change = statistics.median(after) - statistics.median(before)
    found = interval(before, after)
    return (
        (change, min(change, found[0]), max(change, found[1]))
        if found is not None
        else (change,) * 3
    )


def _same(arms: Sequence[_Arm]) -> tuple[bool | None, str]:
    """(whether both say the same, why not): judged by what a run without change says twice."""
    before, after = ([(b.exit_code, b.files) for b in arm.bare] for arm in arms)
    if set(after) - set(before):
        codes = {code for code, _ in after} - {code for code, _ in before}
        return False, f"it exits with {min(codes)}" if codes else "an output file differs"
    said_before, said_after = ({b.said for b in arm.bare} for arm in arms)
    if said_after <= said_before:
        return True, ""
    if len(said_before) > 1:
        return None, ""
    return False, "it says something else on stdout"


_LABELS = {
    "peak_bytes": "peak heap", "total_bytes": "all it allocates", "peak_rss_bytes": "peak RSS", "time_s": "time",
    "private_bytes": "what child processes have of their own",
}  # fmt: skip


def _words(
    names: Sequence[str],
    gained: Sequence[str],
    lost: Sequence[str],
    before: Mapping[str, Figure],
    changes: Mapping[str, tuple[float, float, float]],
    same: bool | None,
) -> str:
    def told(name: str) -> str:
        share = abs(changes[name][0]) / before[name].median if before[name].median else 0.0
        return f"{_LABELS[name]} by {units.share(share, 1)}"

    parts = []
    if gained:
        parts.append("less " + ", ".join(map(told, gained)))
    else:
        parts.append("nothing fell by more than noise")
    if lost:
        parts.append("more " + ", ".join(map(told, lost)))
    if "peak_bytes" not in names:
        parts.append("the heap was not recorded: the command is no Python script")
    if same is None:
        parts.append(
            "its output differs from run to run by itself, so only its exit code was compared"
        )
    return "; ".join(parts)
