"""Reports and exports: the JSON contract, determinism, and what other tools read."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import heapwise
from tests.conftest import Runner


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("report") / "a.hw"
    with heapwise.record(place):
        kept = hog()
        temporary = [str(i) for i in range(5000)]
        del temporary
    assert kept
    return place


def hog() -> list[bytes]:
    return [bytes(10_000) for _ in range(300)]


def command(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "heapwise", *map(str, arguments)], capture_output=True, check=False
    )


def test_the_json_contract(path: Path) -> None:
    document = json.loads(command("report", path, "--json").stdout)
    assert set(document["meta"]) >= {
        "format",
        "kind",
        "tool",
        "version",
        "python",
        "command",
        "mode",
        "started_at",
    }
    assert set(document["summary"]) >= {
        "peak_bytes", "peak_rss_bytes", "end_bytes", "total_bytes", "allocations_count", "duration_s",
        "sampling_interval_bytes",
    }  # fmt: skip
    first = document["lines"][0]
    assert set(first) >= {
        "file",
        "line",
        "function",
        "peak_bytes",
        "end_bytes",
        "total_bytes",
        "count",
    }
    assert (first["file"], first["function"].split(".")[0]) == (__file__, "hog")
    peaks = [line["peak_bytes"] for line in document["lines"]]
    assert peaks == sorted(peaks, reverse=True)
    assert document["findings"] == []


@pytest.mark.parametrize("form", ["text", "json", "md", "csv", "html"])
def test_the_same_recording_gives_the_same_bytes(path: Path, form: str) -> None:
    once, twice = (command("report", path, "--format", form) for _ in range(2))
    assert once.returncode == 0
    assert once.stdout == twice.stdout
    assert b"hog" in once.stdout or form == "html"


def test_text_is_plain_in_a_pipe_and_numbers_are_whole(path: Path) -> None:
    text = command("report", path, "--view", "lines").stdout.decode()
    assert "\x1b" not in text
    assert "2.87 MiB" in text
    assert "…" not in "".join(line[:30] for line in text.splitlines())


def test_views_figures_and_filters(path: Path) -> None:
    for view in ("overview", "lines", "functions", "files", "tree"):
        for at in ("peak", "end", "total"):
            assert command("report", path, "--view", view, "--at", at, "--limit", 3).returncode == 0
    assert command("report", path, "--module", "no_such_module").returncode == 3
    rows = command(
        "report", path, "--view", "lines", "--format", "csv", "--limit", 2
    ).stdout.splitlines()
    assert len(rows) == 3


def test_collapsed_adds_up(path: Path) -> None:
    lines = command("export", path, "--format", "collapsed").stdout.decode().splitlines()
    report = json.loads(command("report", path, "--json", "--limit", 0).stdout)
    assert sum(int(line.rsplit(" ", 1)[1]) for line in lines) == sum(
        line["peak_bytes"] for line in report["lines"]
    )


def test_speedscope_follows_its_schema(path: Path) -> None:
    document = json.loads(command("export", path, "--format", "speedscope").stdout)
    assert document["$schema"] == "https://www.speedscope.app/file-format-schema.json"
    frames = len(document["shared"]["frames"])
    assert all(
        set(frame) <= {"name", "file", "line", "col"} for frame in document["shared"]["frames"]
    )
    assert [profile["name"] for profile in document["profiles"]] == [
        "peak bytes",
        "end bytes",
        "total bytes",
    ]
    for profile in document["profiles"]:
        assert profile["type"] == "sampled"
        assert profile["unit"] == "bytes"
        assert len(profile["samples"]) == len(profile["weights"])
        assert profile["endValue"] == sum(profile["weights"])
        assert all(0 <= frame < frames for stack in profile["samples"] for frame in stack)


def fields(data: bytes) -> list[tuple[int, int | bytes]]:
    """A protobuf message's fields: numbers, and bytes for length-delimited ones."""
    found: list[tuple[int, int | bytes]] = []
    at = 0

    def varint() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if not byte & 128:
                return value

    while at < len(data):
        key = varint()
        if key & 7 == 0:
            found.append((key >> 3, varint()))
        else:
            assert key & 7 == 2
            length = varint()
            found.append((key >> 3, data[at : at + length]))
            at += length
    return found


def test_pprof_has_four_sample_types_and_whole_tables(path: Path) -> None:
    message = fields(gzip.decompress(command("export", path, "--format", "pprof").stdout))
    strings = [
        value.decode() for field, value in message if field == 6 and isinstance(value, bytes)
    ]
    assert strings[0] == ""

    def ids(field: int) -> list[int]:
        return [dict(fields(v))[1] for f, v in message if f == field and isinstance(v, bytes)]  # type: ignore[misc]

    types = [dict(fields(v)) for f, v in message if f == 1 and isinstance(v, bytes)]
    assert [strings[t[1]] for t in types] == [
        "alloc_objects",
        "alloc_space",
        "inuse_objects",
        "inuse_space",
    ]  # type: ignore[index]
    locations, functions = ids(4), ids(5)
    assert len(set(locations)) == len(locations)
    assert set(functions) == set(range(1, len(functions) + 1))
    default = dict(message)[14]
    assert strings[default] == "inuse_space"  # type: ignore[index]
    for field, body in message:
        if field == 2 and isinstance(body, bytes):
            sample = dict(fields(body))
            assert isinstance(sample[2], bytes)


def test_gecko_tables_are_whole(path: Path) -> None:
    document = json.loads(command("export", path, "--format", "gecko").stdout)
    thread = document["threads"][0]
    stacks, frames = thread["stackTable"]["data"], thread["frameTable"]["data"]
    assert all(prefix is None or prefix < i for i, (prefix, _) in enumerate(stacks))
    assert all(frame < len(frames) for _, frame in stacks)
    assert all(row[0] < len(thread["stringTable"]) for row in frames)
    markers = [row[5]["stack"]["samples"]["data"][0][0] for row in thread["markers"]["data"]]
    assert markers
    assert all(stack < len(stacks) for stack in markers)
    times = [row[1] for row in thread["samples"]["data"]]
    assert times == sorted(times)
    assert all(row[0] is None or row[0] < len(stacks) for row in thread["samples"]["data"])


def test_every_error_has_a_page() -> None:
    listed = command("explain").stdout.decode()
    for slug in ("damaged-file", "not-writable", "cannot-record", "missing-file"):
        assert slug in listed
        assert b"What to do" in command("explain", slug).stdout


def test_doctor_is_content_here() -> None:
    done = command("doctor")
    assert done.returncode == 0, done.stdout
    assert b"start-up file" in done.stdout


def test_stacks_are_sorted_as_told(run_program: Runner) -> None:
    run = run_program(
        """
        def few(): return bytes(5_000_000)
        def many(): return [bytes(10) for _ in range(20_000)]
        kept = few(), many()
        """
    )
    first = {}
    for sort in ("peak", "count"):
        answer = command("report", run.path, "--view", "tree", "--json", "--sort", sort)
        rows = json.loads(answer.stdout)["tree"]
        first[sort] = next(row["function"] for row in rows if row["function"] in ("few", "many"))
    assert first == {"peak": "few", "count": "many"}


def test_time_and_copies_below_a_module(run_program: Runner) -> None:
    run = run_program(
        """
        import hashlib
        def wanted(data):
            for _ in range(60): hashlib.md5(data[1:]).digest()
        def other(data):
            for _ in range(60): hashlib.md5(data[1:]).digest()
        data = bytes(3_000_000)
        wanted(data); other(data)
        """
    )
    answer = command(
        "report", run.path, "--view", "lines", "--json", "--module", "wanted", "--sort", "cpu"
    )
    rows = json.loads(answer.stdout)["lines"]
    assert rows[0]["function"] == "wanted"
    assert rows[0]["copied_bytes"] == 60 * 2_999_999
    assert rows[0]["cpu_ms"] > 0
    assert not [row for row in rows if row["function"] == "other"]


MAPPED = """
import mmap, time
with open("data.bin", "w+b") as file:
    for _ in range(40): file.write(bytes(1 << 20))
    file.flush()
    kept = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
total = sum(kept[::4096])
numbers = bytearray(b"x") * (20 << 20)
time.sleep(0.3)
"""


def test_the_resident_set_adds_up_with_mapped_files_and_the_recorder(run_program: Runner) -> None:
    path = run_program(MAPPED).path
    table = json.loads(command("report", path, "--json").stdout)["resident"]
    parts = {row["name"]: row["bytes"] for row in table}
    assert 40 << 20 <= parts["libraries, files, shared memory"] <= 44 << 20, parts
    assert parts["larger Python blocks"] >= 20 << 20, parts
    assert parts["the recorder"] > 0, parts
    assert parts["not attributed"] <= 6 << 20, parts


def test_the_page_tells_how_much_of_the_heap_nobody_touched(
    run_program: Runner, tmp_path: Path
) -> None:
    """Without it the parts of the heap come to less than the heap, and nobody knows why."""
    path = run_program("import time\nkept = bytes(60 << 20)\ntime.sleep(0.3)\n").path
    command("report", path, "-o", tmp_path / "a.html")
    told = re.search(
        r"([\d.]+) MiB of the heap were allocated but not resident",
        (tmp_path / "a.html").read_text(),
    )
    assert told is not None and 50 <= float(told[1]) <= 61
