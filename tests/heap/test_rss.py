"""The waterfall adds up to the resident set, and puts what is known where it belongs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import python

EXAMPLES = Path(__file__).parents[2] / "examples"


def heapwise(*arguments: object) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "heapwise", *map(str, arguments)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr  # 1: something was found
    found: dict[str, Any] = (
        json.loads(done.stdout) if "--json" in arguments else {"text": done.stdout}
    )
    return found


def parts(found: dict[str, Any]) -> dict[str, int]:
    return {row["name"]: row["bytes"] for row in found["parts"]}


def assert_adds_up(found: dict[str, Any]) -> None:
    assert sum(parts(found).values()) == pytest.approx(found["rss_bytes"], rel=0.02)
    unexplained = found["unexplained_bytes"] + parts(found).get("other anonymous memory", 0)
    assert unexplained <= 0.05 * found["rss_bytes"]


@pytest.mark.parametrize(
    ("name", "count"), [("orders", "150_000"), ("training", "300"), ("thumbnails", "24")]
)
def test_the_examples_add_up(name: str, count: str, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "heapwise", "run", "-q", "-o", tmp_path / "a.hw", "--snapshot", "peak",
         EXAMPLES / f"{name}.py", count],
        check=True, timeout=120, capture_output=True, cwd=tmp_path,
    )  # fmt: skip
    assert_adds_up(heapwise("rss", tmp_path / "a.hw", "--json"))


def test_numpy_pandas_and_arrow_add_up(tmp_path: Path) -> None:
    for name in ("numpy", "pandas", "pyarrow"):
        pytest.importorskip(name)
    python(
        f"""
        import numpy as np, pandas as pd, pyarrow as pa, heapwise
        ones = np.ones(4_000_000)
        frame = pd.DataFrame({{"n": np.arange(500_000), "s": [str(i) for i in range(500_000)]}})
        table = pa.table({{"z": pa.array(range(1_000_000))}})
        untouched = np.zeros(8_000_000)
        heapwise.snapshot({str(tmp_path / "a.hw")!r})
        """
    )
    found = heapwise("rss", tmp_path / "a.hw", "--json")
    assert_adds_up(found)
    assert parts(found)["large Python objects"] > 32_000_000
    assert any("never touched" in text for text in found["limits"])


def test_slack_of_either_allocator_is_told_from_live_objects(tmp_path: Path) -> None:
    python(
        f"""
        import ctypes, heapwise
        small = [(i, i) for i in range(400_000)]
        kept = small[::2000]
        del small
        libc = ctypes.CDLL(None)
        libc.malloc.restype = ctypes.c_void_p
        libc.free.argtypes = [ctypes.c_void_p]
        blocks = [libc.malloc(60_000) for _ in range(800)]
        for block in blocks: ctypes.memset(block, 1, 60_000)
        for block in blocks[:-1]: libc.free(block)
        heapwise.snapshot({str(tmp_path / "a.hw")!r})
        """
    )
    found = heapwise("rss", tmp_path / "a.hw", "--json")
    assert_adds_up(found)
    assert parts(found)["slack of pymalloc"] > 15_000_000
    assert parts(found)["slack of malloc"] > 40_000_000
    assert parts(found)["small Python objects"] < 8_000_000
    assert any("empty pools of pymalloc, not a leak" in text for text in found["limits"])
    assert found["pins"]
    assert any("tuple" in row["types"] for row in found["pins"])
    advised = heapwise("advise", tmp_path / "a.hw", "--json")["findings"]
    free = {row["title"]: row["resident_bytes"] for row in advised if row["code"] == "HW404"}
    assert {name.rpartition(" ")[2]: size for name, size in free.items()} == {
        allocator: parts(found)[f"slack of {allocator}"] for allocator in ("pymalloc", "malloc")
    }
    beside = {row["name"]: row["bytes"] for row in found["beside"]}
    assert 0.5 * found["rss_bytes"] < beside["USS"] <= beside["PSS"] <= found["rss_bytes"]


def test_a_process_by_its_mappings() -> None:
    found = heapwise("rss", os.getpid(), "--json")
    assert sum(parts(found).values()) == pytest.approx(found["rss_bytes"], rel=0.05)
    assert "code and constants" in heapwise("rss", os.getpid())["text"]


def test_a_recording_without_a_snapshot_says_how_to_get_one(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "heapwise"]
    subprocess.run([*command, "run", "-q", "-o", tmp_path / "a.hw", "-c", "x = 1"], check=True)
    done = subprocess.run(
        [*command, "rss", tmp_path / "a.hw"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "--snapshot" in done.stderr


def test_settings_of_the_allocators_are_tried_and_measured(tmp_path: Path) -> None:
    script = tmp_path / "threads.py"
    script.write_text(
        "import threading, time\n"
        "def work():\n"
        "    kept = [bytearray(100_000) for _ in range(60)]\n"
        "    for block in kept: block[::4096] = b'x' * len(block[::4096])\n"
        "    time.sleep(0.2)\n"
        "threads = [threading.Thread(target=work) for _ in range(8)]\n"
        "for t in threads: t.start()\n"
        "for t in threads: t.join()\n"
        "time.sleep(0.3)\n"
    )
    subprocess.run(
        [sys.executable, "-m", "heapwise", "run", "-q", "-o", tmp_path / "a.hw", "--snapshot", "end", script],
        check=True,
    )  # fmt: skip
    found = heapwise("rss", tmp_path / "a.hw", "--try", "--rounds", "1", "--json")
    tried = {row["name"]: row for row in found["tried"]}
    assert {"as it is", "MALLOC_ARENA_MAX=2", "PYTHONMALLOC=malloc"} <= set(tried)
    assert tried["as it is"]["saving_bytes"] == 0
    assert all(row["peak_bytes"] > 5_000_000 for row in tried.values())
    assert "Tried" in heapwise("rss", tmp_path / "a.hw", "--try", "--rounds", "1")["text"]


def test_free_lists_are_told(tmp_path: Path) -> None:
    python(
        f"""
        import gc, heapwise
        gc.disable()
        gc.collect()
        heapwise.snapshot({str(tmp_path / "few.hw")!r})
        many = [tuple(range(i, i + 12)) for i in range(2000)]
        del many
        heapwise.snapshot({str(tmp_path / "many.hw")!r})
        """
    )
    few, many = (
        parts(heapwise("rss", tmp_path / name, "--json")).get("free lists of the interpreter", 0)
        for name in ("few.hw", "many.hw")
    )
    assert 0.8 < (many - few) / (2000 * 12 * 12) < 1.2


def test_what_keeps_arenas_is_named_with_its_line_and_its_path(tmp_path: Path) -> None:
    script = tmp_path / "program.py"
    script.write_text(
        "made = [(i, i) for i in range(300_000)]\nindex = {'few': made[::1500]}\ndel made\n"
    )
    subprocess.run(
        [sys.executable, "-m", "heapwise", "run", "-q", "-o", tmp_path / "a.hw", "--snapshot", "end", script],
        check=True,
    )  # fmt: skip
    found = heapwise("rss", tmp_path / "a.hw", "--json")
    first = next(row for row in found["pinned_by"] if row["type"] == "tuple" and row["line"])
    assert (first["file"], first["line"]) == (str(script), 1)
    assert first["arenas_count"] >= 10
    assert first["holder"].startswith("__main__.index['few']")
    text = heapwise("rss", tmp_path / "a.hw")["text"]
    assert "× tuple, made at " in text
    assert "program.py:1" in text
    assert "kept by __main__.index['few']" in text


def test_what_the_heap_needs_is_not_called_free(tmp_path: Path) -> None:
    python(
        f"""
        import heapwise
        kept = [bytearray(b"x") * 50_000 for _ in range(400)], [(i,) for i in range(100_000)]
        heapwise.snapshot({str(tmp_path / "a.hw")!r})
        """
    )
    advised = heapwise("advise", tmp_path / "a.hw", "--json")["findings"]
    assert "HW404" not in {row["code"] for row in advised}


def test_what_a_start_leaves_free_is_not_worth_a_word(tmp_path: Path) -> None:
    python(
        f"""
        import heapwise
        small = [(i, i) for i in range(110_000)]
        kept = small[::2000]
        del small
        heapwise.snapshot({str(tmp_path / "a.hw")!r})
        """
    )
    found = heapwise("rss", tmp_path / "a.hw", "--json")
    assert parts(found)["slack of pymalloc"] > max(8 << 20, 0.2 * found["rss_bytes"])
    advised = heapwise("advise", tmp_path / "a.hw", "--json")["findings"]
    assert "HW404" not in {row["code"] for row in advised}


def test_free_memory_in_arenas_of_threads_is_no_leak_and_is_said_so(tmp_path: Path) -> None:
    script = tmp_path / "pool.py"
    script.write_text(
        "import threading, time\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "barrier = threading.Barrier(32)\n"
        "kept = []\n"
        "def work(_):\n"
        "    parts = [bytearray(b'x') * 50_000 for _ in range(100)]\n"
        "    if len(kept) < 32: kept.append(bytearray(2000))  # above the rest in its arena\n"
        "    barrier.wait()\n"
        "    return len(parts)\n"
        "pool = ThreadPoolExecutor(32)\n"
        "for _ in range(8):\n"
        "    list(pool.map(work, range(32)))\n"
        "    time.sleep(0.2)\n"
    )
    subprocess.run(
        [sys.executable, "-m", "heapwise", "run", "-q", "-o", tmp_path / "a.hw",
         "--snapshot", "end,every=300ms", script],
        check=True,
    )  # fmt: skip
    found = heapwise("rss", tmp_path / "a.hw", "--json")
    assert parts(found)["slack of malloc"] > 20_000_000
    assert any("not a leak" in text and "arenas of threads" in text for text in found["limits"])
    done = subprocess.run(
        [sys.executable, "-m", "heapwise", "leaks", tmp_path / "a.hw", "--json"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert json.loads(done.stdout)["verdict"] != "leak"
    assert not json.loads(done.stdout)["suspects"]


def test_giving_back_is_tried_on_the_program_of_a_file(tmp_path: Path) -> None:
    script = tmp_path / "peak.py"
    script.write_text(
        "import time\n"
        "kept = [(i, i) for i in range(600_000)]\n"
        "kept = kept[::1000]\n"
        "for _ in range(150): time.sleep(0.01)\n"
    )
    subprocess.run(
        [sys.executable, "-m", "heapwise", "run", "-q", "-o", tmp_path / "a.hw", "--snapshot", "end", script],
        check=True,
    )  # fmt: skip
    found = heapwise("rss", tmp_path / "a.hw", "--try", "--rounds", "1", "--json")
    ends = {row["name"]: row["end_bytes"] for row in found["tried"]}
    dropped = ends["as it is"] - ends["empty pools dropped each half second"]
    assert dropped > 15_000_000
    assert "malloc_trim(0) each half second" in ends
