"""Runs the tests, as `make test` does: two lanes beside each other, as most of them wait for programs that they start.

What the second lane says is shown when it has ended. Exit code: that of the first lane that failed, else 0.
"""

from __future__ import annotations

import compileall
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECOND = (
    "tests/leaks", "tests/lint", "tests/native", "tests/unit", "tests/heap/test_kept_without_need.py",
    "tests/heap/test_never_taken_out.py", "tests/heap/test_library_keeps_all.py",
    "tests/heap/test_kept_by_callbacks.py", "tests/heap/test_kept_at.py", "tests/heap/test_own_tables.py",
    "tests/heap/test_rows_that_stay.py", "tests/heap/test_classes.py", "tests/heap/test_unread_attributes.py",
    "tests/heap/test_parts_of_objects.py", "tests/heap/test_kept_after_work.py",
    "tests/heap/test_kept_by_parts_and_calls.py", "tests/heap/test_kept_chains.py", "tests/heap/test_kept_whole.py",
    "tests/heap/test_entities.py", "tests/heap/test_tables_of_sets.py",
    "tests/heap/test_at_peak.py", "tests/heap/test_kept_for_one_use.py", "tests/heap/test_other_structures.py",
    "tests/heap/test_tables_and_workers.py", "tests/heap/test_drawn_again.py",
)  # fmt: skip


def main() -> int:
    """Both lanes, to their ends."""
    # Once for all: where the environment says PYTHONDONTWRITEBYTECODE, each program would compile all of it again.
    compileall.compile_dir(ROOT / "src", quiet=1)
    pytest = [sys.executable, "-m", "pytest", *sys.argv[1:]]
    # Not in the background of a shell, which would have its programs ignore interrupts.
    with tempfile.TemporaryFile() as said:
        beside = subprocess.Popen(
            [*pytest, "-p", "no:cacheprovider", *SECOND], cwd=ROOT, stdout=said, stderr=said
        )
        left = [f"--ignore={each}" for each in SECOND]
        first = subprocess.run([*pytest, *left], cwd=ROOT, check=False).returncode
        second = beside.wait()
        said.seek(0)
        sys.stdout.buffer.write(said.read())
    return first or second


if __name__ == "__main__":
    sys.exit(main())
