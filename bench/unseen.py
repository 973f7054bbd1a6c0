"""The scoreboard of advice on programs whose authors knew no rule: bench/programs, each with its mended twin.

Those that end in `_a` and `_b` showed what rules were missing, and were looked at when these were written; those in `_c`
were written afterwards, and nothing was changed for them. Those in `_d` and `_e` were written from published reports,
and showed what was missing as well.

A fault counts as found where a finding names one of its lines (or one next to it), or a file beside the program, and
saves a quarter of what the twin does at least. True: by how much the recorded peak of the twin is lower; for what malloc
alone sees the resident set's; a twin may change more than one finding says, so what all save together stands beside it.
Twins: findings above 1 % of their peak. Programs whose libraries are not here are left
out, and counted.

    python bench/unseen.py [PROGRAM...]
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PROGRAMS = HERE / "programs"
_LEAST_PART, _NEAR, _LEAST_SHARE = 0.25, 0.1, 0.01
_BESIDE, _LONGEST_S = 2, 900


def heapwise(
    folder: Path, *words: str, python: str = sys.executable
) -> subprocess.CompletedProcess[str]:
    """Runs a verb of Heapwise, by an interpreter that has it."""
    command = [python, "-m", "heapwise", *words]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=_LONGEST_S
    )


def is_recorded(folder: Path, out: Path, *command: str, python: str = sys.executable) -> bool:
    """Records a program with snapshots of its peak and its end; false where it does not run here."""
    run = ("run", "-q", "--snapshot", "peak,end", "-o", str(out))
    return heapwise(folder, *run, *command, python=python).returncode == 0


def run_plainly(folder: Path, *command: str) -> None:
    """Runs a program by itself, which makes the files that it keeps for later runs."""
    run = [sys.executable, *command]
    subprocess.run(run, cwd=folder, capture_output=True, check=False, timeout=_LONGEST_S)


def keep(name: str, lines: list[str], rows: list[dict[str, Any]], *, whole: bool) -> int:
    """Prints a table; that of a whole run goes to results, with its rows as JSON. The exit code."""
    text = "\n".join(lines) + "\n"
    print(text, end="")
    if whole:
        (HERE / "results" / f"{name}.txt").write_text(text)
        document = {"python": platform.python_version(), "rows": rows}
        (HERE / "results" / f"{name}.json").write_text(json.dumps(document, indent=2) + "\n")
    return 0


def looked_at(
    folder: Path, *command: str, leaks: bool = False, python: str = sys.executable
) -> dict[str, Any] | None:
    """What is found in a program, and its peak; None where it does not run here, or Heapwise fails on it, which is told.
    leaks: what `leaks` says as well."""
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "run.hw"
        try:
            if not is_recorded(folder, out, *command, python=python):
                return None
            told = [
                json.loads(heapwise(folder, word, str(out), "--json", python=python).stdout)
                for word in ("report", "advise", *(["leaks"] if leaks else []))
            ]
        except (ValueError, subprocess.TimeoutExpired) as error:
            print(f"{' '.join(command)}: Heapwise fails: {error}", file=sys.stderr)
            return None
    summary = told[0]["summary"]
    return {
        "findings": told[1]["findings"],
        "total_bytes": told[1]["summary"]["total_saving_bytes"],
        "peak_bytes": summary["peak_bytes"],
        "rss_bytes": summary["peak_rss_bytes"],
        "leaks": told[2] if leaks else None,
    }


def score(name: str, truth: dict[str, Any]) -> dict[str, Any] | None:
    """One program's row."""
    folder = PROGRAMS / name
    bad, good = looked_at(folder, "bad.py"), looked_at(folder, "good.py")
    return (
        judged(name, truth, bad, good, "bad.py") if bad is not None and good is not None else None
    )


def judged(
    name: str, truth: dict[str, Any], bad: dict[str, Any], good: dict[str, Any], file: str,
    *, is_alone: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """The row of a program of which both arms were looked at. file: that of the lines; is_alone: the program has no
    other."""
    saved = bad["peak_bytes"] - good["peak_bytes"]
    resident = bad["rss_bytes"] - good["rss_bytes"]
    near = {line + by for line in truth["lines"] for by in (-1, 0, 1)}

    def is_beside(finding: dict[str, Any]) -> bool:
        return not is_alone and Path(finding["file"]).name != file

    found = [
        each for each in bad["findings"]
        if each["saving_bytes"] >= _LEAST_PART * min(saved, max(resident, 1))
        and (near & lines_of(each, file) or is_beside(each))
    ]  # fmt: skip
    first = max(found, key=lambda each: each["saving_bytes"], default=None)
    stated = first["saving_bytes"] if first else None
    errors = [stated / true - 1 for true in (saved, resident) if stated and true > 0]
    of_all = [bad["total_bytes"] / true - 1 for true in (saved, resident) if first and true > 0]
    return {
        "program": name,
        "code": first["code"] if first else None,
        "is_first_line": first is not None
        and (first["line"] in near or is_beside(first)),
        "stated_bytes": stated,
        "saved_bytes": saved,
        "saved_rss_bytes": resident,
        "error": round(min(errors, key=abs), 4) if errors else None,
        "error_of_all": round(min(of_all, key=abs), 4) if of_all else None,
        "twin": {
            each["code"]: round(each["saving_bytes"] / good["peak_bytes"], 3)
            for each in good["findings"] if each["saving_bytes"] > _LEAST_SHARE * good["peak_bytes"]
        },
    }  # fmt: skip


def lines_of(finding: dict[str, Any], file: str) -> set[int]:
    """The lines of a file that a finding names."""
    named = (finding, *finding["related"])
    return {each["line"] for each in named if Path(each["file"]).name == file}


def line(row: dict[str, Any]) -> str:
    """A row's line of the table."""
    errors = [
        "-" if row[name] is None else f"{row[name]:+.1%}" for name in ("error", "error_of_all")
    ]
    twin = ", ".join(f"{code} {share:.1%}" for code, share in row["twin"].items()) or "silent"
    return (
        f"{row['program'][:34]:36}{row['code'] or 'no':>8}{row['stated_bytes'] or 0:13}{row['saved_bytes']:13}"
        f"{row['saved_rss_bytes']:13}{errors[0]:>9}{errors[1]:>9}  {twin}"
    )


def table(rows: list[dict[str, Any]], left_out: int) -> list[str]:
    """The lines of the table, and how many were found, sized and silent."""
    lines = [
        f"{'program':36}{'found':>8}{'stated':>13}{'saved':>13}{'of RSS':>13}{'error':>9}{'of all':>9}  twin"
    ]
    lines += map(line, rows)
    found = sum(row["code"] is not None for row in rows)
    near = sum(row["error"] is not None and abs(row["error"]) <= _NEAR for row in rows)
    near_in_all = sum(
        row["error"] is not None and min(abs(row["error"]), abs(row["error_of_all"])) <= _NEAR
        for row in rows
    )
    silent = sum(not row["twin"] for row in rows)
    at_first = sum(row["is_first_line"] for row in rows)
    lines.append(
        f"found {found} of {len(rows)} (by the first line named {at_first}); saving within 10 %: "
        f"{near} of {found}, with what all findings save together {near_in_all}; twins silent {silent} of {len(rows)}; "
        f"left out {left_out}"
    )
    return lines


def main(wanted: list[str]) -> int:
    """Writes the table and JSON."""
    known = json.loads((PROGRAMS / "truth.json").read_text())
    names = [name for name in sorted(known) if not wanted or name in wanted]
    with ThreadPoolExecutor(_BESIDE) as pool:  # sizes are measured, not times
        scored = dict(
            zip(names, pool.map(lambda name: score(name, known[name]), names), strict=True)
        )
    rows = [row for row in scored.values() if row is not None]
    lines = table(rows, len(names) - len(rows))
    return keep("unseen", lines, rows, whole=not wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
