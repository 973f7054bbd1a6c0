"""Which texts say numbers, and what is told of them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from heapwise.model.snapshot import Snapshot
from tests.heap.test_advise import advised

KINDS = {
    "small int": ["10", "256", "-5", "-1"],
    "int": ["257", "-6", "1000000", "-123456789", "999999999999999999"],
    "float": ["0.5", "-0.25", "12.50", "1e-05", "1.5e+16", "2.5E3", "-7.0", "1e+20", "-0.0"],
    "": [
        "00123", "007", "-012", "00.5", "+49301234", "+1.5", "1_000", " 12", "12 ", "1,5", "1.2.3", "10.0.0.1",
        "1234567890123456789", "0.123456789012345678901", ".5", "5.", "-", "--5", "1e5", "12e7", "1.5e", "1.5e1234",
        "0x10", "12ab", "nan", "inf", "2024-01-02", "\\u0661\\u0662", "-0", "ab", "1.5f",
    ],
}  # fmt: skip

SCRIPT = """
import json, sys
import heapwise
kept = json.loads(sys.stdin.read())
with open(sys.argv[1] + ".json", "w") as file:
    json.dump({text: id(text) for texts in kept.values() for text in texts}, file)
heapwise.snapshot(sys.argv[1])
heapwise.snapshot(sys.argv[1] + ".place", in_place=True)
"""


def test_texts_say_a_number_when_it_says_them_again(tmp_path: Path) -> None:
    script, path = tmp_path / "program.py", tmp_path / "x.hw"
    script.write_text(SCRIPT)
    given = json.dumps(KINDS)
    subprocess.run([sys.executable, script, path], input=given, text=True, check=True, timeout=60)
    snapshot = Snapshot.open(path)
    addresses = snapshot.nodes("address")
    at = json.loads((tmp_path / "x.hw.json").read_text())
    for kind, nodes in snapshot.numerals.items():
        found = {addresses[node] for node in nodes}
        assert {text for text, address in at.items() if address in found} == set(KINDS[kind])
    assert len(snapshot.facts["empty_text"]) == 1
    assert not any(Snapshot.open(f"{path}.place").numerals.values())
    assert b"123456789" not in path.read_bytes()


def told(tmp_path: Path, source: str) -> list[dict[str, object]]:
    """What is said of numbers kept as text."""
    return _of_texts(advised(tmp_path, source)[0])


def _of_texts(found: dict[str, Any]) -> list[dict[str, object]]:
    return [each for each in found["findings"] if each["code"] == "HW326"]


PAIRS = {
    "a list": (
        "kept = [str(i * 0.25 + 0.125) for i in range(50_000)]",
        "from array import array\nkept = array('d', (i * 0.25 + 0.125 for i in range(50_000)))",
    ),
    "many lists": (
        "kept = [[str(i * 100_003 + j) for i in range(200)] for j in range(300)]",
        "from array import array\nkept = [array('q', (i * 100_003 + j for i in range(200))) for j in range(300)]",
    ),
    "values of a dict": (
        "kept = {f'key {i}': str(i * 1009 + 1000) for i in range(50_000)}",
        "kept = {f'key {i}': i * 1009 + 1000 for i in range(50_000)}",
    ),
    "columns of rows, under a head": (
        """
        import csv
        lines = ["name,price,count", *(f"n {i},{i / 4:.2f},{i % 200 + 10}" for i in range(40_000))]
        kept = list(csv.reader(lines))
        """,
        """
        import csv
        lines = ["name,price,count", *(f"n {i},{i / 4:.2f},{i % 200 + 10}" for i in range(40_000))]
        kept = [[a, float(b), int(c)] if a != "name" else [a, b, c] for a, b, c in csv.reader(lines)]
        """,
    ),
    "attributes, some missing": (
        """
        class Row:
            def __init__(self, i): self.name, self.size = f"n {i}", str(i * 0.5 + 0.25) if i % 3 else ""
        kept = [Row(i) for i in range(40_000)]
        """,
        """
        class Row:
            def __init__(self, i): self.name, self.size = f"n {i}", i * 0.5 + 0.25 if i % 3 else None
        kept = [Row(i) for i in range(40_000)]
        """,
    ),
    "values of records": (
        "kept = [{'name': f'n {i}', 'price': f'{i * 7}.99'} for i in range(40_000)]",
        "kept = [{'name': f'n {i}', 'price': float(f'{i * 7}.99')} for i in range(40_000)]",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_numbers_as_text_are_found_and_the_saving_is_true(name: str, tmp_path: Path) -> None:
    wasteful, mended = PAIRS[name]
    found, wasteful_bytes = advised(tmp_path, wasteful)
    twin, mended_bytes = advised(tmp_path, mended)
    [finding] = _of_texts(found)
    assert finding["saving_bytes"] == pytest.approx(wasteful_bytes - mended_bytes, rel=0.1)
    assert str(finding["holder"]).startswith("__main__.kept")
    assert str(finding["method"]).startswith("measured")
    assert _of_texts(twin) == []


@pytest.mark.parametrize(
    "source",
    [
        "kept = [f'{i:08}' for i in range(50_000)]",
        "kept = [f'+49{i}' for i in range(50_000)]",
        "kept = [str(i * 7919) if i % 10 else f'none {i}' for i in range(50_000)]",
        "kept = [[f'n {i}', str(i * 7919) if i % 10 else f'none {i}'] for i in range(50_000)]",
        "kept = [str(i % 10) for i in range(200_000)]",
        "import sys\nkept = [sys.intern(str(i * 7919)) for i in range(50_000)]",
        "texts = [str(i * 7919 + 1000) for i in range(50)]\nkept = [texts[i % 50] for i in range(50_000)]",
        "kept = {str(i * 7919): None for i in range(50_000)}",
    ],
)
def test_identifiers_shared_texts_and_mixed_fields_are_left_alone(
    source: str, tmp_path: Path
) -> None:
    assert told(tmp_path, source) == []


def test_texts_that_are_copies_are_told_as_such(tmp_path: Path) -> None:
    found, _ = advised(tmp_path, "kept = [(f'n {i}', str(i % 50 + 1000)) for i in range(50_000)]")
    assert [each["code"] for each in found["findings"] if "kept" in each["holder"]] == ["HW307"]
