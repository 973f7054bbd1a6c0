"""Writes the pages of reference that are made from the program itself; `make docs` then builds all.

python tools/docs.py            writes docs/reference/*.md
python tools/docs.py --check    says which are not as they would be written, and exits with 1
"""

import argparse
import inspect
import os
import subprocess
import sys
from pathlib import Path

from heapwise import findings, lint
from heapwise.cli.main import VERBS
from heapwise.errors import all_errors

PAGES = Path(__file__).resolve().parent.parent / "docs" / "reference"


def of_findings() -> str:
    """Every code with its page."""
    parts = [
        "# Findings\n\n`heapwise explain CODE` shows a page; `leaks`, `advise` and `lint` tell codes.\n"
    ]
    for code, page in sorted({**findings.pages(), **lint.pages()}.items()):
        title, _, text = page.removeprefix(f"{code}: ").partition("\n")
        parts.append(f"## {code}: {title.rstrip('.')}\n\n{text.strip()}\n")
    return "\n".join(parts)


def of_errors() -> str:
    """Every error with its page."""
    parts = [
        "# Errors\n\nEach message ends with its slug in brackets; `heapwise explain SLUG` shows its page.\n"
    ]
    for slug, error in sorted(all_errors().items()):
        parts.append(f"## {slug}\n\n{inspect.cleandoc(error.__doc__ or '')}\n")
    return "\n".join(parts)


def of_commands() -> str:
    """What `--help` says of every verb."""
    parts = ["# Commands\n"]
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
    for verb, (group, says) in VERBS.items():
        done = subprocess.run(
            [sys.executable, "-m", "heapwise", verb, "--help"], capture_output=True, text=True, check=True,
            env=environment,
        )  # fmt: skip
        shown = "\n".join(f"    {line}".rstrip() for line in done.stdout.splitlines())
        parts.append(f"## {verb}\n\n*{group}*: {says}.\n\n{shown}\n")
    return "\n".join(parts)


def main() -> int:
    """Writes, or checks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    checking = parser.parse_args().check
    made = {"findings.md": of_findings(), "errors.md": of_errors()}
    if not checking:  # the form of help differs between versions of Python
        made["commands.md"] = of_commands()
    stale = [
        name
        for name, text in made.items()
        if not (PAGES / name).exists() or (PAGES / name).read_text() != text
    ]
    if checking:
        for name in stale:
            print(f"docs/reference/{name} is not as tools/docs.py writes it: run `make docs`")
        return bool(stale)
    for name in stale:
        (PAGES / name).write_text(made[name])
    return 0


if __name__ == "__main__":
    sys.exit(main())
