"""The answer to "does it help?": a finding's change, tried on a copy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from heapwise.errors import CannotProveError
from heapwise.model.finding import Finding
from heapwise.prove.patch import FilePatch, apply_below, parse
from heapwise.prove.proof import PROVED, Task, prove
from heapwise.prove.workspace import project_of
from heapwise.views.advise import Advice

_AIMS = {"threshold": "time_s", "freeze": "private_bytes"}
"""What settings of the collector shall lower."""


def task_of(meta: Mapping[str, Any], patch: str, root: Path | None = None) -> Task:
    """A recorded run's own command, with a change. meta: of the recording. root: what is copied; None: the project
    around the run's directory. CannotProveError where the run cannot be repeated."""
    command = [str(word) for word in meta.get("command") or ()]
    if not command:
        raise CannotProveError(
            "the recording does not tell the command of its run", "name it after --"
        )
    directory = Path(str(meta.get("directory") or "."))
    if not directory.is_dir():
        raise CannotProveError(f"{directory}, where it ran, is not there any more")
    files = (
        [Path(each.file) for each in parse(patch) if Path(each.file).is_absolute()] if patch else []
    )
    root = root or project_of(directory, files)
    return Task(command, directory, root, below(root, parse(patch)) if patch else ())


def below(root: Path, patches: Sequence[FilePatch]) -> list[FilePatch]:
    """The files of patches relative to a folder. CannotProveError when one is not in it."""
    found = []
    for each in patches:
        path = Path(each.file)
        if path.is_absolute():
            if not path.resolve().is_relative_to(root.resolve()):
                raise CannotProveError(
                    f"{path} is not below {root}", "name the project with --root"
                )
            path = path.resolve().relative_to(root.resolve())
        found.append(replace(each, file=str(path)))
    return found


def prove_all(
    advice: Advice, *, rounds: int, keep: bool, root: Path | None = None, say: Callable[[str], None]
) -> Advice:
    """The advice, each finding that has a change tried; keep: those that are proved are made in the original, one
    upon the other."""
    proofs = dict(advice.proofs)
    for each in advice.findings:
        if not each.patch and not each.setting:
            continue
        say(f"trying {each.code} at {Path(each.file).name}:{each.line}")
        try:
            task = task_of(advice.meta, each.patch, root)
            if each.setting:
                task = replace(
                    task, setting=each.setting, aim=_AIMS[each.setting.partition("=")[0]]
                )
            found = prove(task, rounds=rounds, say=say)
        except CannotProveError as error:
            say(str(error))
            continue
        proofs[each.code, each.file, each.line] = found
        if keep and each.patch and found.verdict == PROVED:
            keep_change(task, say)
    return replace(advice, proofs=proofs)


def keep_change(task: Task, say: Callable[[str], None]) -> None:
    """Makes the change in the original."""
    for path in apply_below(task.root, task.patches):
        say(f"changed {path}")


def named(found: Sequence[Finding], word: str) -> Finding:
    """The finding that CODE, or CODE@FILE:LINE, names: the first. CannotProveError when there is none, or none that
    can be changed by itself."""
    code, _, place = word.partition("@")
    fitting = [
        each for each in found
        if each.code == code.upper() and f"{each.file}:{each.line}".endswith(place)
    ]  # fmt: skip
    if not fitting:
        known = ", ".join(sorted({each.code for each in found})) or "none"
        raise CannotProveError(f"there is no finding {word}", f"found: {known}")
    with_change = [each for each in fitting if each.patch]
    if not with_change:
        raise CannotProveError(
            f"{word} has no change that can be made by itself",
            "make it, and name it with --patch FILE",
        )
    return with_change[0]
