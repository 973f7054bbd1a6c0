"""Runs the tests, as `make test` does: folders, and of the largest its files, a few beside each other, as most of them
wait for programs that they start. What compares times comes first, with nothing beside it.

What each said is shown when it has ended, where it failed; else its count, and the processor's time that it took. Exit
code: that of one that failed, else 0.
"""

from __future__ import annotations

import compileall
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
SPLIT, ALONE = TESTS / "heap", TESTS / "truth" / "test_time.py"
LANES = 3
"""On two cores: each waits for a quarter of its time."""
TOGETHER = 4
"""So many small files are run by one process: what it loads it loads once."""
COUNTED = re.compile(rb"(\d+) (passed|failed|skipped|xfailed|errors?)\b")
BUSY = re.compile(rb"^processor: (\d+) s$", re.MULTILINE)
NO_TESTS = 5
"""pytest's exit code where nothing was chosen, as by -k."""


def main() -> int:
    """All of them, to their ends."""
    # Once for all: where the environment says PYTHONDONTWRITEBYTECODE, each program would compile all of it again.
    compileall.compile_dir(ROOT / "src", quiet=1)
    began, counts, code, busy_s = time.monotonic(), Counter[str](), 0, 0
    with ThreadPoolExecutor(LANES) as lanes:
        first = lanes.submit(_run, [ALONE], sys.argv[1:])
        first.result()
        others = [*sys.argv[1:], f"--ignore={ALONE}"]
        runs = {first: [ALONE]} | {lanes.submit(_run, each, others): each for each in _parts()}
        for run in as_completed(runs):
            done = run.result()
            last = done.stdout.rstrip().rpartition(b"\n")[2]
            counts.update({what.decode(): int(number) for number, what in COUNTED.findall(last)})
            failed = done.returncode not in {0, NO_TESTS}
            code = done.returncode if failed else code
            busy = sum(int(each) for each in BUSY.findall(done.stdout))
            busy_s += busy
            named = ", ".join(str(each.relative_to(ROOT)) for each in runs[run])
            print(f"{named} ({busy} s of the processor):", flush=True)
            sys.stdout.buffer.write(done.stdout if failed else last + b"\n")
            sys.stdout.flush()
    print(
        ", ".join(f"{counts[what]} {what}" for what in sorted(counts)),
        f"in {time.monotonic() - began:.0f} s, {busy_s} s of the processor",
    )
    return code


def _parts() -> Sequence[Sequence[Path]]:
    """Those that take long first, so that none of them is waited for at the end: whole folders, and large files, then
    small ones together."""
    folders = {
        each.parent for each in TESTS.rglob("test_*.py") if each.parent not in {SPLIT, TESTS}
    }
    apart = sorted(
        [*SPLIT.glob("test_*.py"), *TESTS.glob("test_*.py")], key=lambda each: -each.stat().st_size
    )
    groups = [
        [each] for each in sorted(
            folders, key=lambda each: -sum(file.stat().st_size for file in each.glob("test_*.py"))
        )
    ]  # fmt: skip
    return [*groups, *(apart[at : at + TOGETHER] for at in range(0, len(apart), TOGETHER))]


def _run(parts: Sequence[Path], options: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    # Not in the background of a shell, which would have its programs ignore interrupts.
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options, *map(str, parts)]
    # The threads of NumPy's library wait by turning round: each program that imports it would keep a core busy.
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )


if __name__ == "__main__":
    sys.exit(main())
