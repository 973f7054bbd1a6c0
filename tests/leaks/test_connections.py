"""Connections of database libraries, for real: open ones that are kept are told from closed ones, and from none."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import textwrap
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
PSYCOPG = """
    import sys; sys.path.insert(0, {here!r})
    import psycopg, postgres
    port = postgres.serve()
    def connect():
        return psycopg.connect(host="127.0.0.1", port=port, user="u", password="p", dbname="d")
    """
SQLALCHEMY = """
    from sqlalchemy import create_engine, pool
    engine = create_engine("sqlite://", poolclass=pool.NullPool)
    def connect():
        return engine.connect()
    """
ROUNDS = """
    import heapwise
    kept = []
    for number in range(5):
        for _ in range(3):
            connection = connect()
            if {kept}: kept.append(connection)
            if {closed}: connection.close()
            del connection
        heapwise.snapshot(f"{{number}}.hw")
    """


def judged(place: Path, program: str, **words: bool) -> dict[str, Any]:
    text = textwrap.dedent(program).format(here=str(HERE)) + textwrap.dedent(ROUNDS).format(**words)
    (place / "app.py").write_text(text)
    heapwise = [sys.executable, "-m", "heapwise"]
    subprocess.run([*heapwise, "run", "-q", "-o", "run.hw", "app.py"], cwd=place, check=True)
    done = subprocess.run(
        [*heapwise, "leaks", *(f"{n}.hw" for n in range(5)), "--json"],
        cwd=place, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("library", ["psycopg", "sqlalchemy"])
def test_open_connections_that_are_kept_are_counted(library: str, tmp_path: Path) -> None:
    pytest.importorskip(library, exc_type=ImportError)
    program = PSYCOPG if library == "psycopg" else SQLALCHEMY
    found = judged(tmp_path, program, kept=True, closed=False)
    assert found["verdict"] == "leak"
    [open_ones] = [row for row in found["findings"] if row["code"] == "HW203"]
    assert open_ones["holder"].startswith("__main__.kept[…]")
    counts = [int(each) for each in re.findall(r"\d+", open_ones["evidence"][0])]
    assert {after - before for before, after in pairwise(counts)} == {3}
    assert Path(open_ones["file"]).name == "app.py"


@pytest.mark.parametrize("library", ["psycopg", "sqlalchemy"])
@pytest.mark.parametrize("kept", [True, False])
def test_closed_connections_are_not(library: str, kept: bool, tmp_path: Path) -> None:
    pytest.importorskip(library, exc_type=ImportError)
    program = PSYCOPG if library == "psycopg" else SQLALCHEMY
    found = judged(tmp_path, program, kept=kept, closed=True)
    assert found["verdict"] == "no-leak", found["headline"]
    assert "HW203" not in {row["code"] for row in found["findings"]}
