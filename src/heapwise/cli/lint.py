"""What the source itself shows of memory: heapwise lint [PATH...]

Rules that no recording is needed for. With --recording FILE, lines are ranked by the bytes they held at the peak, and
rules that are only worth a word for many bytes are told, too. Lines with `# noqa`, or `# noqa: HW705`, are left out.
[tool.heapwise.lint] in pyproject.toml has select, ignore, exclude, and per-file-ignores. Exit code 1: something was
found.

    heapwise lint src
    heapwise lint --fix --unsafe --diff app.py
    heapwise lint --recording run.hw .
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from heapwise import config, lint
from heapwise.cli.options import add_output, say, write_bytes
from heapwise.errors import CannotMendError, MissingFileError, NotWritableError
from heapwise.lint.mending import difference, mended
from heapwise.lint.rule import Hit
from heapwise.lint.selection import codes, codes_of
from heapwise.model import store
from heapwise.model.recording import Recording
from heapwise.render.lint import RENDERERS
from heapwise.views.lint import LintReport, check


def configure(parser: argparse.ArgumentParser) -> None:
    """Declares the options of the verb."""
    parser.add_argument("paths", nargs="*", type=Path, help="files and folders (default: here)")
    parser.add_argument(
        "--select", action="append", metavar="CODES", help="codes, or how they begin"
    )
    parser.add_argument("--ignore", action="append", metavar="CODES", help="codes to leave out")
    parser.add_argument("--exclude", action="append", default=[], help="a folder, or a pattern")
    parser.add_argument("--recording", type=Path, metavar="FILE", help="what lines really cost")
    parser.add_argument("--fix", action="store_true", help="make the changes that are safe")
    parser.add_argument("--unsafe", action="store_true", help="with --fix: the others, too")
    parser.add_argument("--diff", action="store_true", help="show the changes, make none")
    parser.add_argument("--exit-zero", action="store_true", help="0 even if something was found")
    parser.add_argument("--output-format", choices=tuple(RENDERERS), default="text")
    parser.add_argument(
        "--json", action="store_const", dest="output_format", const="json", help="as --output-format json"
    )  # fmt: skip
    add_output(parser)


def execute(options: argparse.Namespace) -> int:
    """Shows what is found; 1 when there is anything."""
    project = config.load_lint(store.project_directory())
    select = _words(options.select) or project.select
    chosen = codes(select, _words(options.ignore) or project.ignore)
    paths = options.paths or [Path()]
    for path in paths:
        if not path.exists():
            raise MissingFileError(f"{path} is not there")
    for words in project.per_file_ignores.values():
        codes_of(words)
    found = lint.files(paths, [*project.exclude, *options.exclude])
    files = list({path.resolve(): path for path in found}.values())
    recording = Recording.open(options.recording) if options.recording else None

    def look() -> LintReport:
        return check(
            files, chosen, ignores=project.per_file_ignores, recording=recording,
            asked_for={each for each in chosen if each in select},
        )  # fmt: skip

    report = look()
    if options.fix or options.diff:
        hits = [each.hit for each in report.hits if each.hit.safe or options.unsafe]
        if options.diff:
            return _diff(hits, options)
        if count := _fix(hits):
            say(f"{count} change{'s' * (count != 1)} made")
            report = look()
    shown = RENDERERS[options.output_format](report)
    write_bytes(shown.encode(errors="backslashreplace"), options.output)
    return 1 if report.hits and not options.exit_zero else 0


def _words(given: Sequence[str] | None) -> list[str]:
    return [word for each in given or () for word in each.replace(",", " ").split()]


def _changed(hits: Sequence[Hit]) -> dict[Path, tuple[str, str, int]]:
    """File -> (text, the text with the changes, how many)."""
    by_file: dict[Path, list[Hit]] = {}
    for hit in hits:
        if hit.edits:
            by_file.setdefault(Path(hit.path), []).append(hit)
    found = {}
    for path, theirs in by_file.items():
        text = lint.read(path)
        try:
            found[path] = (text, *mended(text, [edit for hit in theirs for edit in hit.edits]))
        except CannotMendError as error:
            say(f"{path} stays as it is: {error} [{error.slug}]")
    return found


def _fix(hits: Sequence[Hit]) -> int:
    done = 0
    for path, (_, changed, count) in _changed(hits).items():
        try:
            path.write_bytes(changed.encode(lint.encoding(path)))
        except OSError as error:
            raise NotWritableError(f"{path} cannot be written: {error.strerror}") from None
        done += count
    return done


def _diff(hits: Sequence[Hit], options: argparse.Namespace) -> int:
    lines: list[str] = []
    for path, (text, changed, _) in _changed(hits).items():
        lines.append(difference(text, changed, str(path)))
    write_bytes("".join(lines).encode(errors="backslashreplace"), options.output)
    return 1 if lines and not options.exit_zero else 0
