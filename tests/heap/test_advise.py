"""Rules of waste: each finds its fault, says a saving that is true, and leaves the mended twin alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import advice
from tests.heap.waste_cases import CASES, MEASURE, STRUCTURE


def advised(tmp_path: Path, source: str) -> tuple[dict[str, Any], int]:
    """(what is found, bytes that the program's objects take)."""
    import textwrap

    script = tmp_path / "program.py"
    script.write_text(
        MEASURE
        + textwrap.dedent(source).strip()
        + "\nprint(held_bytes() - before)\nimport heapwise\nheapwise.snapshot(sys.argv[1])\n"
    )
    path = tmp_path / "a.hw"
    ran = subprocess.run([sys.executable, script, path], capture_output=True, text=True, check=True)
    return advice(path, "--least", "1"), int(ran.stdout)


def assert_true_of(code: str, pair: tuple[str, str], tmp_path: Path) -> None:
    """A wasteful program's finding says what its twin saves, which has none."""
    found, wasteful_bytes = advised(tmp_path, pair[0])
    twin, mended_bytes = advised(tmp_path, pair[1])
    [finding] = [each for each in found["findings"] if each["code"] == code]
    assert finding["saving_bytes"] == pytest.approx(wasteful_bytes - mended_bytes, rel=0.1)
    assert finding["holder"].startswith("__main__.kept")
    assert code not in {each["code"] for each in twin["findings"]}


@pytest.mark.parametrize("code", CASES)
def test_a_fault_is_found_with_its_true_saving_and_not_in_the_twin(
    code: str, tmp_path: Path
) -> None:
    if "numpy" in CASES[code][0]:
        pytest.importorskip("numpy")
    wasteful, mended = CASES[code]
    found, wasteful_bytes = advised(tmp_path, wasteful)
    [finding, *_] = [each for each in found["findings"] if each["code"] == code]
    twin, mended_bytes = advised(tmp_path, mended)
    assert finding["saving_bytes"] == pytest.approx(wasteful_bytes - mended_bytes, rel=0.12)
    assert finding["holder"].startswith("__main__.kept")
    assert finding["fix"] and finding["evidence"]
    assert [each["code"] for each in twin["findings"] if "kept" in each["holder"]] == []


@pytest.mark.parametrize("code", STRUCTURE)
def test_a_fault_of_structure_is_found_and_not_in_the_twin(code: str, tmp_path: Path) -> None:
    wasteful, mended = STRUCTURE[code]
    found, wasteful_bytes = advised(tmp_path, wasteful)
    twin, mended_bytes = advised(tmp_path, mended)
    [finding, *_] = [each for each in found["findings"] if each["code"] == code]
    assert finding["saving_bytes"] == pytest.approx(wasteful_bytes - mended_bytes, rel=0.25)
    assert "kept" in finding["holder"]
    assert code not in {each["code"] for each in twin["findings"]}


def test_what_needs_a_dict_is_not_told_to_have_slots(tmp_path: Path) -> None:
    found, _ = advised(
        tmp_path,
        """
        import functools
        class Row:
            def __init__(self, i): self.a, self.b = i, None
            @functools.cached_property
            def c(self): return 1
        kept = [Row(i) for i in range(30_000)]
        """,
    )
    assert "HW301" not in {each["code"] for each in found["findings"]}


def test_a_small_heap_is_left_alone(tmp_path: Path) -> None:
    found, _ = advised(tmp_path, "kept = [{'a': 1} for _ in range(50)]")
    assert [each for each in found["findings"] if "kept" in each["holder"]] == []


@pytest.mark.parametrize(
    ("code", "source"),
    [
        ("HW303", "kept = [[i * 0.5 for i in range(300)] for _ in range(300)]"),
        ("HW304", """
            class Peer:
                __slots__ = ("options",)
                def __init__(self, i): self.options = {"timeout": i, "retries": i % 3, "name": None}
            kept = [Peer(i) for i in range(20_000)]
            """),
        ("HW304", """
            import json
            line = '{"identifier of the device": 1, "temperature in celsius": null}'
            kept = [json.loads(line) for _ in range(20_000)]
            """),
    ],
)  # fmt: skip
def test_what_is_spread_over_many_objects_is_one_finding(
    code: str, source: str, tmp_path: Path
) -> None:
    found, held_bytes = advised(tmp_path, source)
    [finding, *others] = [each for each in found["findings"] if each["code"] == code]
    assert not others
    assert 0.3 * held_bytes < finding["saving_bytes"] < held_bytes


def test_numbers_without_a_gap_are_no_list_when_there_are_other_keys(tmp_path: Path) -> None:
    found, _ = advised(
        tmp_path, "kept = {i: None for i in range(100_000)}\nkept[-1] = kept['all'] = None"
    )
    assert "HW316" not in {each["code"] for each in found["findings"]}


@pytest.mark.parametrize(
    "shown", ["'0' * 32 + f'{i:08d}'", "hashlib.sha1(b'%d' % i).hexdigest()[:39]",
              "hashlib.sha1(b'%d' % i).hexdigest()[:39] + 'g'", "hashlib.sha1(b'%d' % i).hexdigest()[:38] + 'Aa'"],
)  # fmt: skip
def test_texts_that_are_no_digests(tmp_path: Path, shown: str) -> None:
    found, _ = advised(tmp_path, f"import hashlib\nkept = {{{shown} for i in range(60_000)}}")
    assert "HW372" not in {each["code"] for each in found["findings"]}


@pytest.mark.parametrize("name", ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"])
@pytest.mark.parametrize("table", ["set", "dict.fromkeys"])
def test_what_digests_of_each_length_take(tmp_path: Path, table: str, name: str) -> None:
    text = f"import hashlib\nkept = {table}(hashlib.new('{name}', b'%d' % i).SHOWN() for i in range(60_000))"
    pair = text.replace("SHOWN", "hexdigest"), text.replace("SHOWN", "digest")
    found, wasteful_bytes = advised(tmp_path, pair[0])
    _, mended_bytes = advised(tmp_path, pair[1])
    told = [each["saving_bytes"] for each in found["findings"] if each["code"] == "HW372"]
    saved = wasteful_bytes - mended_bytes
    if name == "sha224" and sys.version_info >= (3, 12):  # a block as large as that of sha256
        assert all(0 < each <= 1.1 * saved for each in told)
    elif saved > 0.12 * found["summary"]["whole_bytes"]:
        assert told == [pytest.approx(saved, rel=0.1)]
    else:  # keys of bytes need room for their hashes
        assert told == [] or told == [pytest.approx(saved, rel=0.1)]


def test_deques_that_nothing_has_come_to_need_a_list_each(tmp_path: Path) -> None:
    found, wasteful_bytes = advised(
        tmp_path, "from collections import deque\nkept = [deque() for _ in range(5000)]"
    )
    _, mended_bytes = advised(tmp_path, "kept = [[None] for _ in range(5000)]")
    [told] = [each for each in found["findings"] if each["code"] == "HW365"]
    assert told["saving_bytes"] == pytest.approx(wasteful_bytes - mended_bytes, rel=0.1)


DATES = """
import datetime, decimal, functools
EAST = datetime.timezone(datetime.timedelta(hours=2))
def read(n): return MADE
HERE
kept = [read(n % 500) for n in range(60_000)]
"""


@pytest.mark.parametrize("made", [
    "datetime.datetime(2026, 1 + n % 12, 1 + n % 28, n % 24, tzinfo=EAST)", "decimal.Decimal(n) / 7",
])  # fmt: skip
def test_equal_dates_and_numbers_are_made_once(tmp_path: Path, made: str) -> None:
    text = DATES.replace("MADE", made)
    found, wasteful_bytes = advised(tmp_path, text.replace("HERE", ""))
    twin, mended_bytes = advised(tmp_path, text.replace("HERE", "read = functools.cache(read)"))
    told = [
        [each for each in advice["findings"] if each["code"] == "HW307" and "kept" in each["holder"]]
        for advice in (found, twin)
    ]  # fmt: skip
    assert [len(each) for each in told] == [1, 0]
    assert told[0][0]["saving_bytes"] == pytest.approx(wasteful_bytes - mended_bytes, rel=0.1)


@pytest.mark.parametrize("made", ["[i % 3 == 0 for i in {}]", "[i % 256 for i in {}]"])
def test_flags_and_small_numbers_are_a_bytearray(tmp_path: Path, made: str) -> None:
    many = made.format("range(300_000)")
    assert_true_of("HW303", (f"kept = {many}", f"kept = bytearray({many})"), tmp_path)
    mixed, _ = advised(tmp_path, f"kept = {made.format('range(100_000)')} + [None] * 200_000")
    assert "HW303" not in {each["code"] for each in mixed["findings"]}


@pytest.mark.parametrize(
    "source", [
        "kept = {(x * 3, y): x * y % 7 for x in range(300) for y in range(300)}",  # most cells are missing
        "kept = {(x, f'{y}'): x * y % 7 for x in range(300) for y in range(300)}",
        "kept = {(x, y, 0)[: 2 + x % 2]: x * y % 7 for x in range(300) for y in range(300)}",
        "kept = {(x, y): x * y % 7 for x in range(0, 1 << 40, 1 << 33) for y in range(300)}",
        "import functools\n@functools.lru_cache(None)\ndef cell(x, y): return x * y % 7\n"
        "kept = [cell(x, y) for x in range(300) for y in range(300)][:1]",
    ],
)  # fmt: skip
def test_coordinates_without_a_grid(tmp_path: Path, source: str) -> None:
    found, _ = advised(tmp_path, source)
    assert "HW367" not in {each["code"] for each in found["findings"]}
