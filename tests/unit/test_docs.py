"""What the documentation tells to type can be typed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from heapwise.cli.main import VERBS

HOUSE = Path(__file__).resolve().parent.parent.parent
PAGES = [
    HOUSE / "README.md",
    *(HOUSE / "docs").glob("*.md"),
    *(HOUSE / "docs" / "howto").glob("*.md"),
]
_COMMAND = re.compile(r"^    (?:\$ )?heapwise (\w+)(.*)$", re.M)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_its_commands_are_verbs_with_options_that_they_have(page: Path) -> None:
    for verb, rest in _COMMAND.findall(page.read_text()):
        assert verb in VERBS, f"{page.name}: {verb}"
        own = rest.split(" app.py")[0].split(" -- ")[0]
        shown = subprocess.run(
            [sys.executable, "-m", "heapwise", verb, "--help"], capture_output=True, text=True, check=True
        ).stdout  # fmt: skip
        for option in re.findall(r"(?<=\s)--[a-z-]+", own):
            assert option in shown, f"{page.name}: heapwise {verb} {option}"


def test_the_reference_is_as_the_program_has_it() -> None:
    script = HOUSE / "tools" / "docs.py"
    done = subprocess.run(
        [sys.executable, script, "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
