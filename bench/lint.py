"""The scoreboard of lint: how fast it is, whether anything breaks it, how often it is right, what others find.

Speed and crashes: over the standard library. Precision: hits in the standard library and in well-known packages, as
they are today, judged by hand (lint_judged.json; where one did not hold, the rule was mended, and its tests have the
like): `holds`, whether what is said is so, and `matters`, whether it grows with what the program is given, so that the
change is worth making there. Recall beside others: of the lines that the rules' own tests mark, how many another linter
flags with any rule of its own.

    python bench/lint.py
"""

from __future__ import annotations

import json
import platform
import re
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from overhead import rivals_python  # noqa: E402

from heapwise import lint  # noqa: E402

RULES = HERE.parent / "tests" / "lint" / "rules"
_MARK = re.compile(r"# expect: ((?:HW\d{3} ?)+)")

# Of the others those rules that bear on memory, as their documentation tells.
RUFF = "B019,B006,B008,B039,B903,RUF005,RUF006,RUF015,RUF017,SIM115,PERF,C4,FURB129,FURB131,FURB145,FURB192,SLOT,PD"
PYLINT = "W1518,R1728,R1729,R1732,W0135,R0902,R0903"


def speed() -> dict[str, Any]:
    """Lines of the standard library a second, in one process, and what went wrong."""
    files = list(lint.files([Path(sysconfig.get_path("stdlib"))]))
    files = [path for path in files if "site-packages" not in path.parts]
    broken: list[str] = []
    lines = hits = 0
    begun = time.process_time()
    for path in files:
        lines += path.read_bytes().count(b"\n")
        try:
            hits += len(lint.check_file(path))
        except Exception as error:
            broken.append(f"{path.name}: {type(error).__name__}")
    took = time.process_time() - begun
    return {
        "files": len(files),
        "lines": lines,
        "lines_per_s": round(lines / took),
        "hits": hits,
        "crashes": broken,
    }


def precision() -> dict[str, Any]:
    """Of the judged hits how many hold, and how many matter."""
    judged = json.loads((HERE / "lint_judged.json").read_text())
    return {
        "judged": len(judged),
        "holds": sum(each["holds"] for each in judged),
        "matters": sum(each["matters"] for each in judged),
    }


def marked() -> dict[str, set[int]]:
    """File -> the lines that are faults."""
    return {
        str(path): {
            n for n, text in enumerate(path.read_text().splitlines(), 1) if _MARK.search(text)
        }
        for path in sorted(RULES.glob("hw*.py"))
    }


def heapwise(path: str) -> set[int]:
    """The lines that Heapwise flags."""
    return {hit.line for hit in lint.check_file(Path(path), sized=True)}


def ruff(python: str) -> Callable[[str], set[int]]:
    """The lines that Ruff flags."""

    def flagged(path: str) -> set[int]:
        words = [
            python,
            "-m",
            "ruff",
            "check",
            "--isolated",
            "--preview",
            "--no-cache",
            "--output-format",
            "json",
        ]
        done = subprocess.run(
            [*words, "--select", RUFF, path], capture_output=True, text=True, check=False
        )
        return {row["location"]["row"] for row in json.loads(done.stdout or "[]")}

    return flagged


def pylint(python: str) -> Callable[[str], set[int]]:
    """The lines that pylint flags, with perflint where it is there."""

    def flagged(path: str) -> set[int]:
        words = [
            python,
            "-m",
            "pylint",
            "--disable=all",
            f"--enable={PYLINT}",
            "--output-format=json",
        ]
        done = subprocess.run([*words, path], capture_output=True, text=True, check=False)
        return {row["line"] for row in json.loads(done.stdout or "[]")}

    return flagged


def recall() -> dict[str, Any]:
    """Of the marked lines those that each tool flags."""
    rivals = rivals_python(["lint"])
    subprocess.run([rivals, "-m", "pip", "install", "-q", "ruff", "pylint"], check=False)
    tools: dict[str, Callable[[str], set[int]]] = {"heapwise": heapwise}
    for name, tool in (("ruff", ruff), ("pylint", pylint)):
        for python in (rivals, sys.executable):
            asked = [python, "-m", name, "--version"]
            if subprocess.run(asked, capture_output=True, check=False).returncode == 0:
                tools[name] = tool(python)
                break
    faults = marked()
    whole = sum(map(len, faults.values()))
    found = {
        name: sum(len(flagged(path) & lines) for path, lines in faults.items())
        for name, flagged in tools.items()
    }
    return {"marked": whole, "found": found}


def main() -> int:
    """Writes the table and JSON."""
    result = {
        "python": platform.python_version(),
        "speed": speed(),
        "precision": precision(),
        "recall": recall(),
    }
    s, p, r = result["speed"], result["precision"], result["recall"]
    table = [
        f"standard library: {s['files']} files, {s['lines']} lines, {s['lines_per_s']} lines/s, "
        f"{s['hits']} hits, {len(s['crashes'])} crashes",
        f"judged hits: {p['judged']}; what is said holds: {p['holds']}; it matters there: {p['matters']}",
        *(
            f"{name:10} {found:3} of {r['marked']} marked lines"
            for name, found in r["found"].items()
        ),
    ]
    text = "\n".join(table) + "\n"
    print(text, end="")
    (HERE / "results" / "lint.txt").write_text(text)
    (HERE / "results" / "lint.json").write_text(json.dumps(result, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
