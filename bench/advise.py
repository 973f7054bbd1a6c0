"""The scoreboard of advice: is the fault found, is the mended twin left alone, is the stated saving what it saves?

Every wasteful program of tests/heap/waste_cases.py, tests/lint/flow_cases.py and tests/heap/whole_programs.py, and its
mended twin. Stated: what
`heapwise advise` says the first finding of the rule saves. Proved: of objects, by how many bytes less the allocators
have given out in the twin, as they themselves tell; of flow and of
whole programs, by how much the twin's peak is lower, as it is recorded (in bytes that were asked for).

    python bench/advise.py [RULE...]
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import unseen  # noqa: E402
from tests.heap.waste_cases import CASES as OBJECTS  # noqa: E402
from tests.heap.waste_cases import MEASURE  # noqa: E402
from tests.heap.whole_programs import PROGRAMS, variants  # noqa: E402
from tests.lint.flow_cases import CASES as FLOW  # noqa: E402
from tests.lint.flow_cases import MADE  # noqa: E402

Found = tuple[list[dict[str, Any]], int]
"""(findings, bytes that the program holds or its peak)."""


def advised(place: Path) -> dict[str, Any]:
    """The document of `heapwise advise`."""
    words = [
        sys.executable,
        "-m",
        "heapwise",
        "advise",
        str(place / "run.hw"),
        "--json",
        "--limit",
        "0",
    ]
    done = subprocess.run(words, cwd=place, capture_output=True, text=True, check=False)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def of_objects(text: str, place: Path, _: Path) -> Found:
    """What is advised on a snapshot, of what the program keeps."""
    told = '\nprint(held_bytes() - before)\nimport heapwise\nheapwise.snapshot(sys.argv[1] + "/run.hw")\n'
    (place / "app.py").write_text(MEASURE + textwrap.dedent(text).strip() + told)
    ran = subprocess.run(
        [sys.executable, "app.py", str(place)],
        cwd=place,
        capture_output=True,
        text=True,
        check=True,
    )
    found = [each for each in advised(place)["findings"] if "kept" in each["holder"]]
    return found, int(ran.stdout)


def of_flow(text: str, place: Path, made: Path) -> Found:
    """What is advised on a recording."""
    (place / "app.py").write_text(textwrap.dedent(text).strip() + "\n")
    words = [sys.executable, "-m", "heapwise", "run", "-q", "-o", "run.hw", "app.py", str(made)]
    subprocess.run(words, cwd=place, capture_output=True, check=True)
    document = advised(place)
    return document["findings"], document["summary"]["whole_bytes"]


def of_program(text: str, place: Path, _: Path) -> Found:
    """What is advised on a recording with a snapshot of its peak."""
    (place / "app.py").write_text(text)
    run = [sys.executable, "-m", "heapwise", "run", "-q", "--snapshot", "peak", "-o", "run.hw"]
    subprocess.run([*run, "app.py"], cwd=place, capture_output=True, check=True)
    told = [sys.executable, "-m", "heapwise", "report", "run.hw", "--json"]
    report = subprocess.run(told, cwd=place, capture_output=True, text=True, check=True)
    return advised(place)["findings"], json.loads(report.stdout)["summary"]["peak_bytes"]


def score(code: str, pair: tuple[str, str], look: Any, made: Path) -> dict[str, Any]:
    """One rule's row."""
    results = []
    for text in pair:
        with tempfile.TemporaryDirectory() as folder:
            results.append(look(text, Path(folder), made))
    (findings, before), (of_twin, after) = results
    stated = next((each["saving_bytes"] for each in findings if each["code"] == code), None)
    proved = before - after
    return {
        "rule": code,
        "found": stated is not None,
        "twin": sorted({each["code"] for each in of_twin}),
        "stated_bytes": stated,
        "proved_bytes": proved,
        "error": None if stated is None or not proved else round(stated / proved - 1, 4),
    }


def main(wanted: list[str]) -> int:
    """Writes the table and JSON."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-c", MADE, folder], check=True)
        for cases, look in ((OBJECTS, of_objects), (FLOW, of_flow)):
            for code, pair in cases.items():
                if not wanted or code in wanted:
                    rows.append(score(code, pair, look, Path(folder)))
                    print(f"{code}: {rows[-1]}", file=sys.stderr)
        for name, (code, text) in PROGRAMS.items():
            if not wanted or name in wanted:
                row = score(code, variants(text), of_program, Path(folder))
                rows.append(row | {"rule": f"{code} {name}"})
                print(f"{name}: {rows[-1]}", file=sys.stderr)
    lines = [f"{'rule':22}{'found':>7}{'twin':>10}{'stated':>14}{'proved':>14}{'error':>9}"]
    for row in rows:
        error = "-" if row["error"] is None else f"{row['error']:+.1%}"
        lines.append(
            f"{row['rule']:22}{'yes' if row['found'] else 'no':>7}{','.join(row['twin']) or 'silent':>10}"
            f"{row['stated_bytes'] or 0:14}{row['proved_bytes']:14}{error:>9}"
        )
    found, silent = sum(row["found"] for row in rows), sum(not row["twin"] for row in rows)
    near = sum(row["error"] is not None and abs(row["error"]) <= 0.1 for row in rows)
    lines.append(
        f"found {found} of {len(rows)}; twins silent {silent} of {len(rows)}; saving within 10 %: {near} of {len(rows)}"
    )
    return unseen.keep("advise", lines, rows, whole=not wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
