"""`heapwise bench` and `heapwise.bench`: figures of known code, and a verdict that follows from them."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest

import heapwise
from heapwise.analyze import alternatives


def bench(*arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "heapwise", "bench", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done


def test_known_sizes() -> None:
    found = json.loads(
        bench(
            "--json", "-r", "3", "-s", "n = 1_000_000",
            "bytes(n)", "x = bytearray(n); del x", "[bytes(1000) for _ in range(100)]", "sum(bytes(10**5))",
        ).stdout
    )  # fmt: skip
    plain, dropped, many, passing = found["alternatives"]
    assert plain["kept_bytes"] == pytest.approx(1_000_033, abs=64)
    assert plain["peak_bytes"] == pytest.approx(1_000_033, abs=64)
    assert dropped["peak_bytes"] == pytest.approx(1_000_057, abs=128)
    assert dropped["kept_bytes"] < 64
    assert many["kept_bytes"] == pytest.approx(100 * 1033 + 920, rel=0.01)
    assert many["allocations_count"] == pytest.approx(100, rel=0.2)
    assert passing["kept_bytes"] < 64 and passing["peak_bytes"] == pytest.approx(100_033, rel=0.01)
    assert all(
        0 < row["time_low_s"] <= row["time_s"] <= row["time_high_s"]
        for row in found["alternatives"]
    )
    assert len(found["verdict"]) == 3


def test_the_table_names_what_was_compared() -> None:
    text = bench("-r", "3", "list(range(200_000))", "range(200_000)").stdout
    assert "[1]" in text and "list(range(200_000))" in text
    assert "[2] against [1]" in text and "times faster" in text
    assert re.search(r"kept \d+ B, not 7\.6\d MiB", text)


def test_functions_of_a_program() -> None:
    def materialised() -> list[int]:
        return [i * i for i in range(50_000)]

    def streamed() -> int:
        return sum(i * i for i in range(50_000))

    found = heapwise.bench(materialised, streamed, repeat=3)
    kept = found.table.columns["kept_bytes"]
    assert kept[0] > 1_500_000 > 1000 > kept[1]
    assert found.table.columns["name"] == ["materialised", "streamed"]
    assert "materialised" in str(found) and "kept" in found.verdict[0]
    with pytest.raises(ValueError, match="nothing"):
        heapwise.bench()
    with pytest.raises(ZeroDivisionError):
        heapwise.bench(lambda: 1 / 0)


def test_what_cannot_be_measured_is_said() -> None:
    assert "is no Python" in bench("1 +", code=2).stderr
    assert "ZeroDivisionError" in bench("1/0", code=2).stderr
    assert "fails: ModuleNotFoundError" in bench("-s", "import nothing_like_it", "1", code=2).stderr
    for statement in ("return [0]", "yield 1", "await x"):
        assert "is no Python" in bench(statement, code=2).stderr
    assert bench("-r", "0", "1", code=2)


def measured(times: list[float], peak: int = 0, kept: int = 0) -> Any:
    return SimpleNamespace(
        name="x",
        loops=1,
        times_s=times,
        peak_bytes=peak,
        total_bytes=peak,
        kept_bytes=kept,
        allocations_count=1,
    )


def test_the_verdict_tells_noise_from_difference() -> None:
    noisy = [1.0, 1.3, 0.9, 1.2, 0.8, 1.1, 1.0]
    said = alternatives.verdict([measured(noisy), measured(noisy[::-1])])[0]
    assert "no difference in time" in said and "peak the same" in said
    twice = [2 * t for t in noisy]
    said = alternatives.verdict([measured(noisy, 10**6, 10**6), measured(twice, 10**5, 2 * 10**6)])[
        0
    ]
    assert "2.00 times slower" in said
    assert "peak 10.00 times smaller" in said and "kept 2.00 times larger" in said
    low, high = (
        float(w.strip("();")) for w in said.split("interval ")[1].split(")")[0].split(" to ")
    )
    assert low < 2 < high and math.isclose(low * high, 4, rel_tol=0.01)


def test_statements_are_those_of_timeit() -> None:
    bench("-r", "2", "s = s.strip()", "-s", "s = ' a '")
    bench("-r", "2", "x += 1", "-s", "x = 0")
    bench("-r", "2", "1 # a remark")
    bench("-r", "2", 's = """a\nb\n"""\nassert len(s) == 4, len(s)')
    bench("-r", "2", "for i in range(10):\n    if i: continue\n    x = [i]")
    found = json.loads(bench("--json", "-r", "2", "lambda: 0", "(i for i in range(10))").stdout)
    for row in found["alternatives"]:
        assert row["total_bytes"] >= row["kept_bytes"]
