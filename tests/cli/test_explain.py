"""Every error and every finding has a page."""

from __future__ import annotations

import subprocess
import sys


def explain(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "heapwise", "explain", *arguments], capture_output=True, text=True, check=False
    )  # fmt: skip


def test_pages_of_errors_and_findings() -> None:
    listed = explain().stdout
    assert "missing-file" in listed
    assert "HW112" in listed
    assert "cached_property" in explain("hw112").stdout
    assert "heapwise run" in explain("[missing-file]").stdout
    assert explain("HW999").returncode == 2
