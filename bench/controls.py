"""The scoreboard of silence: programs without a fault, each of which a tool may be tempted to mend, by authors who knew
no rule (bench/programs/cases, those of the kind `control`).

A cache that is hit, an index that is needed whole, views that are shared on purpose, texts that UTF-8 would make larger,
a float64 that float32 would not do for. Silent: no finding above 1 % of the peak, and no verdict of `leak`. Of the first
42 seven were not silent when they were met first, of the 45 others four; rules were mended by all eleven.

    python bench/controls.py [BEGINNING OF A NAME...]
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import unseen
from cases import CASES, CONTROL

_LEAST_SHARE = 0.01


def score(name: str) -> dict[str, Any] | None:
    """One program's row; None where it does not run here."""
    seen = unseen.looked_at(CASES, f"{name}.py", "good", leaks=True)
    if seen is None:
        return None
    peak_bytes = seen["peak_bytes"]
    told = {
        each["code"]: round(each["saving_bytes"] / peak_bytes, 3)
        for each in seen["findings"]
        if each["saving_bytes"] > _LEAST_SHARE * peak_bytes
    }
    verdict = seen["leaks"]["verdict"]
    return {"program": name, "peak_bytes": peak_bytes, "findings": told, "verdict": verdict}


def main(wanted: list[str]) -> int:
    """Writes the table and JSON."""
    known = json.loads((CASES / "truth.json").read_text())
    asked = [
        name for name, truth in known.items()
        if truth["kind"] == CONTROL and (not wanted or name.startswith(tuple(wanted)))
    ]  # fmt: skip
    with ThreadPoolExecutor(2) as pool:  # sizes are measured, not times
        rows = [row for row in pool.map(score, asked) if row is not None]
    lines = [f"{'program':60}{'peak':>12}  {'verdict':10}  findings above 1 %"]
    lines += [
        f"{row['program']:60}{row['peak_bytes']:>12}  {row['verdict']:10}  "
        + (", ".join(f"{code} {share:.1%}" for code, share in row["findings"].items()) or "none")
        for row in rows
    ]
    silent = sum(not row["findings"] for row in rows)
    lines.append(
        f"silent {silent} of {len(rows)}; called a leak: {sum(row['verdict'] == 'leak' for row in rows)}; "
        f"left out {len(asked) - len(rows)}"
    )
    return unseen.keep("controls", lines, rows, whole=not wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
