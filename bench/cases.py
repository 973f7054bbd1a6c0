"""The scoreboard of advice and leaks on published faults that others wrote down, each with its mended twin, not knowing
the rules: bench/programs/cases. What they showed was looked at when rules were written afterwards.

A fault counts as found by advice as in bench/unseen.py. Of what is retained, `leaks` counts as well: where a suspect or a
finding names one of the lines. A verdict of `leak` on a twin is false.

    python bench/cases.py [BEGINNING OF A NAME...]
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import unseen

HERE = Path(__file__).resolve().parent
CASES = HERE / "programs" / "cases"
CONTROL = "control"
"""The kind of programs that have no fault: those of bench/controls.py."""
_MAKE_FILES = ("fixture(", "exists(")
"""What stands in programs whose first run makes files, the memory of which would be that of the arm."""


def score(name: str, truth: dict[str, Any]) -> dict[str, Any] | None:
    """One case's row; None where it does not run here."""
    file = f"{name}.py"
    text = (CASES / file).read_text()
    if any(word in text for word in _MAKE_FILES):
        unseen.run_plainly(CASES, file, "good")
    bad, good = (unseen.looked_at(CASES, file, arm, leaks=True) for arm in ("bad", "good"))
    if bad is None or good is None:
        return None
    return with_leaks(
        unseen.judged(name, truth, bad, good, file, is_alone=True), truth, bad, good, file
    )


def with_leaks(
    row: dict[str, Any], truth: dict[str, Any], bad: dict[str, Any], good: dict[str, Any], file: str
) -> dict[str, Any]:
    """A row, with what `leaks` says."""
    near = {line + by for line in truth["lines"] for by in (-1, 0, 1)}
    said = [*bad["leaks"]["suspects"], *bad["leaks"]["findings"]]
    return row | {
        "kind": truth["kind"],
        "verdict": bad["leaks"]["verdict"],
        "is_named_by_leaks": any(near & unseen.lines_of(each, file) for each in said),
        "twin_verdict": good["leaks"]["verdict"],
    }


def lines_of_kept(rows: list[dict[str, Any]]) -> list[str]:
    """The lines of a table of what is retained."""
    kept = [row for row in rows if row["kind"] == "leak"]
    either = sum(row["code"] is not None or row["is_named_by_leaks"] for row in kept)
    return [
        *(
            f"{row['program'][:34]:36}{row['verdict']:>10}{'' if row['is_named_by_leaks'] else '  line not named'}"
            for row in kept
        ),
        f"of {len(kept)} that retain {either} are found by either, "
        f"{sum(row['is_named_by_leaks'] for row in kept)} by leaks, of which {sum(row['verdict'] == 'leak' for row in kept)} "
        f"are called a leak; twins called a leak: {sum(row['twin_verdict'] == 'leak' for row in rows)}",
    ]


def main(wanted: list[str]) -> int:
    """Writes the table and JSON."""
    known = json.loads((CASES / "truth.json").read_text())
    asked = [
        (name, truth) for name, truth in known.items()
        if truth["kind"] != CONTROL and (not wanted or name.startswith(tuple(wanted)))
    ]  # fmt: skip
    rows = []
    with ThreadPoolExecutor(2) as pool:  # sizes are measured, not times
        for (name, _), row in zip(asked, pool.map(lambda each: score(*each), asked), strict=True):
            told = unseen.line(row) if row else f"{name}: left out"
            print(told, file=sys.stderr, flush=True)
            rows += [row] if row else []
    lines = unseen.table(rows, len(asked) - len(rows))
    lines += lines_of_kept(rows)
    return unseen.keep("cases", lines, rows, whole=not wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
