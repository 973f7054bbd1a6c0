"""What is needed once and is nearly all native memory is told with it, and is no leak by itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from heapwise import findings
from heapwise.analyze.at_peak import at_peak
from heapwise.model.recording import Recording
from heapwise.model.snapshot import Snapshot
from tests.conftest import advice

MANY = "import ssl\nkept = []\nfor _ in range(40): kept.append(ssl.create_default_context())\n"
SMALL = "import ssl\nkept = [ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) for _ in range(8)]\nwork = bytearray(50_000_000)\n"


def advised(tmp_path: Path, source: str) -> dict[str, Any]:
    script, path = tmp_path / "program.py", tmp_path / "a.hw"
    script.write_text(source)
    subprocess.run(
        [sys.executable, "-m", "heapwise", "run", "-q", "--snapshot", "peak,end", "-o", path, script],
        cwd=tmp_path, check=True, timeout=120,
    )  # fmt: skip
    return advice(path)


def told_without_native(
    tmp_path: Path, code: str, source: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The one finding of a rule, which speaks of no native memory, and all that is advised."""
    found = advised(tmp_path, source)
    [finding] = [each for each in found["findings"] if each["code"] == code]
    assert not any("native memory" in each for each in finding["evidence"])
    return finding, found


def assert_saves(finding: dict[str, Any], found: dict[str, Any], once: dict[str, Any]) -> None:
    """A finding saves what the program takes more than its twin, of which its rule says nothing."""
    saved = found["summary"]["whole_bytes"] - once["summary"]["whole_bytes"]
    assert finding["saving_bytes"] == pytest.approx(saved, rel=0.1)
    assert finding["code"] not in {each["code"] for each in once["findings"]}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The folder of MANY's recording, and what is advised."""
    place = tmp_path_factory.mktemp("many")
    return place, advised(place, MANY)


def test_contexts_of_tls_are_found_by_their_native_memory(
    many: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    place, found = many
    [finding] = [each for each in found["findings"] if each["code"] == "HW314"]
    for path in place.glob("*.snapshot.hw"):
        assert "HW314" not in {each.code for each in findings.kept(Snapshot.open(path))}
    once = advised(tmp_path, MANY.replace("range(40)", "range(1)"))
    assert_saves(finding, found, once)
    assert finding["line"] == 3


def test_native_memory_is_told_of_a_snapshot_that_was_taken_before_the_peak(
    many: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    """With what it has grown by since."""
    early = (
        "import heapwise\n"
        + MANY.replace("for _ in", "for number in")
        + "    if number == 35: heapwise.snapshot('run.peak.snapshot.hw')\n"
    ).replace(": kept", ":\n    kept")
    (_, found), saving = many, {}
    [saving["near"]] = [each for each in found["findings"] if each["code"] == "HW314"]
    (tmp_path / "program.py").write_text(early)
    run = [sys.executable, "-m", "heapwise", "run", "-q", "-o", "run.hw", "program.py"]
    subprocess.run(run, cwd=tmp_path, check=True, timeout=120)
    assert (
        Snapshot.open(tmp_path / "run.peak.snapshot.hw").figure("heap_bytes")
        < 0.94 * found["summary"]["whole_bytes"]
    )
    found = advice(tmp_path / "run.hw")
    [saving["before"]] = [each for each in found["findings"] if each["code"] == "HW314"]
    assert saving["before"]["saving_bytes"] == pytest.approx(
        saving["near"]["saving_bytes"], rel=0.1
    )


def test_a_few_small_ones_are_no_word_worth(tmp_path: Path) -> None:
    found = advised(tmp_path, SMALL)
    assert "HW314" not in {each["code"] for each in found["findings"]}


FIGURE = """
import ctypes
malloc, free = ctypes.CDLL(None).malloc, ctypes.CDLL(None).free
malloc.restype, malloc.argtypes, free.argtypes = ctypes.c_void_p, [ctypes.c_size_t], [ctypes.c_void_p]
class Pixels(int):
    def __del__(self): free(int(self))
class Figure:
    def draw(self, words):
        self._pixels = Pixels(malloc(400_000))
        words[len(words)] = [str(n) for n in range(1500)]
"""
FIGURES = """
import sys
sys.path.insert(0, "site-packages")
from matplotlib.figure import Figure
words, kept = {}, []
for _ in range(40):
    figure = Figure()
    HERE
    figure.draw(words)
print(len(words))
"""


def assert_figures_are_told(
    tmp_path: Path, library: str, text: str, mended: str
) -> tuple[int, int]:
    """A program that keeps a library's figures is told with what its twin saves, which is not told; their peaks."""
    found = {}
    for name, statement in (("bad", "kept.append(figure)"), ("good", mended)):
        folder = tmp_path / name / "site-packages" / "matplotlib"
        folder.mkdir(parents=True)
        (folder / "figure.py").write_text(library)
        found[name] = advised(tmp_path / name, text.replace("HERE", statement))
    [finding] = [each for each in found["bad"]["findings"] if each["code"] == "HW314"]
    before, after = (Recording.open(tmp_path / name / "a.hw").summary.peak_bytes for name in found)
    assert finding["saving_bytes"] == pytest.approx(before - after, rel=0.1)
    assert "HW314" not in {each["code"] for each in found["good"]["findings"]}
    return before, after


def test_native_memory_goes_with_what_a_library_made_in_the_same_call(tmp_path: Path) -> None:
    """Where the line of the program that called the library made much else, which stays."""
    before, after = assert_figures_are_told(tmp_path, FIGURE, FIGURES, "kept = [figure]")
    assert before - after > 10_000_000


CLIENTS = """
import ssl
def made():
    import asyncio.subprocess, email.message, http.client, xml.dom.minidom, unittest.mock
    return ssl.create_default_context()
"""


def test_what_the_first_client_imports_is_not_of_the_clients(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "site-packages"
    library.mkdir()
    (library / "clients.py").write_text(CLIENTS)
    monkeypatch.setenv("PYTHONPATH", str(library), prepend=os.pathsep)
    many = MANY.replace("ssl", "clients").replace("create_default_context", "made")
    found = advised(tmp_path, many)
    [finding] = [each for each in found["findings"] if each["code"] == "HW314"]
    once = advised(tmp_path, many.replace("range(40)", "range(1)"))
    assert_saves(finding, found, once)


ZONES = """
from datetime import datetime, timezone
kept = [datetime.fromisoformat(f"2026-01-01T{i % 24:02d}:{i % 60:02d}:30+02:00")HERE for i in range(24_000)]
"""


def test_a_time_zone_for_every_time(tmp_path: Path) -> None:
    found = advised(tmp_path, ZONES.replace("HERE", ""))
    [finding] = [each for each in found["findings"] if each["code"] == "HW314"]
    shared = advised(tmp_path, ZONES.replace("HERE", ".astimezone(timezone.utc)"))
    assert_saves(finding, found, shared)


STREAMS = """
import zlib
class Connection:
    def __init__(self): self.deflate = zlib.compressobj(6, zlib.DEFLATED, HERE)
    def sent(self): return self.deflate.compress(b"tick") + self.deflate.flush(zlib.Z_SYNC_FLUSH)
connections = [Connection() for _ in range(200)]
print(sum(len(each.sent()) for each in connections))
"""


def test_streams_with_large_windows(tmp_path: Path) -> None:
    found = advised(tmp_path, STREAMS.replace("HERE", "-15"))
    [finding] = [each for each in found["findings"] if each["code"] == "HW314"]
    small = advised(tmp_path, STREAMS.replace("HERE", "-12, 5"))
    assert finding["line"] == 4
    assert 200 * 200_000 < finding["saving_bytes"] < 200 * 270_000
    assert "HW314" not in {each["code"] for each in small["findings"]}


EARLY = """
import heapwise
def seen(i):
    if i == 20_000: heapwise.snapshot(PATH)
    return i
"""


def test_what_is_more_at_the_peak_is_by_number_where_sizes_differ(tmp_path: Path) -> None:
    """Blocks of 40, 32 and 48 bytes in one place cannot be rounded up by their mean."""
    path = tmp_path / "early.snapshot.hw"
    early = EARLY.replace("PATH", repr(str(path)))
    advised(
        tmp_path,
        early + ZONES.replace("HERE", "").replace("range(24_000)", "map(seen, range(24_000))"),
    )
    snapshot, recording = Snapshot.open(path), Recording.open(tmp_path / "a.hw")
    [finding] = [each for each in findings.wasteful(snapshot) if each.code == "HW314"]
    [raised] = at_peak([finding], snapshot, recording)
    assert finding.saving_bytes == pytest.approx(20_000 * 80, rel=0.01)
    assert raised.saving_bytes == pytest.approx(24_000 * 80, rel=0.01)


WALKERS = """
import random
class Walker:
    def __init__(self, n): self.place, self.random = n, HERE
    def step(self): self.place += self.random.choice((0, 0))
shared = random.Random(7)
walkers = [Walker(n) for n in range(2500)]
for walker in walkers: walker.step()
print(sum(walker.place for walker in walkers))
"""


def test_generators_of_random_numbers_for_each_object_are_found(tmp_path: Path) -> None:
    found = advised(tmp_path, WALKERS.replace("HERE", "random.Random(n)"))
    [finding] = [each for each in found["findings"] if each["code"] == "HW314"]
    once = advised(tmp_path, WALKERS.replace("HERE", "shared"))
    assert_saves(finding, found, once)


def test_the_semaphores_of_locks_are_counted_with_their_locks(tmp_path: Path) -> None:
    """A series of a metric has a lock for each of its numbers; its semaphore is a raw block of 32 bytes."""
    series = (
        "import threading\n"
        "class Histogram:\n"
        "    __module__ = 'prometheus_client.metrics'\n"
        "    def __init__(self): self.locks = [threading.Lock() for _ in range(17)]\n"
        "kept = [Histogram() for _ in range(2000)]\n"
    )
    finding, found = told_without_native(tmp_path, "HW314", series)
    once = advised(tmp_path, series.replace("range(2000)", "range(1)"))
    assert_saves(finding, found, once)


def test_metrics_of_the_same_labels_are_told_together(tmp_path: Path) -> None:
    """A counter and two histograms with a series for each user; a gauge has other labels."""
    series = (
        "class Metric:\n"
        "    __module__ = 'prometheus_client.metrics'\n"
        "    def __init__(self, size): self.size, self.metrics = size, {}\n"
        "    def labels(self, user):\n"
        "        if user not in self.metrics:\n"
        "            self.metrics[user] = series = type(self)(self.size)\n"
        "            series.buckets = bytearray(self.size)\n"
        "class Counter(Metric): __module__ = Metric.__module__\n"
        "class Histogram(Metric): __module__ = Metric.__module__\n"
        "class Gauge(Metric): __module__ = Metric.__module__\n"
        "kept = [Counter(500), Histogram(2000), Histogram(2000)]\n"
        "gauge = Gauge(20)\n"
        "for n in range(2000):\n"
        "    for metric in kept: metric.labels(f'user {n % HERE}')\n"
        "    gauge.labels(f'host {n % 1500}')\n"
        "import time\n"
        "time.sleep(0.3)\n"  # the peak is met, on a busy machine as well
    )
    found = advised(tmp_path, series.replace("HERE", "2000"))
    [finding] = [each for each in found["findings"] if each["code"] == "HW314"]
    once = advised(tmp_path, series.replace("HERE", "1"))
    assert_saves(finding, found, once)


def test_the_head_of_a_list_that_was_used_before_tells_nothing_of_native_memory(
    tmp_path: Path,
) -> None:
    """A few lists of the clients bear the line that made the context which all share."""
    source = (
        "import ssl\n"
        "class Session:\n"
        "    __module__ = 'requests.sessions'\n"
        "    def __init__(self): self.adapters, self.body = [], bytearray(50_000)\n"
        "context, lists = ssl.create_default_context(), [[] for _ in range(200)]\n"
        "del lists\n"
        "kept = [Session() for _ in range(250)]\n"
    )
    finding, _ = told_without_native(tmp_path, "HW314", source)
    assert finding["saving_bytes"] == pytest.approx(249 * 50_000, rel=0.1)


def test_what_an_import_allocates_natively_does_not_go_with_a_cache_that_it_makes(
    tmp_path: Path,
) -> None:
    library = tmp_path / "site-packages"
    library.mkdir()
    (library / "tool.py").write_text(
        "import functools, ssl\n"
        "CONTEXT = ssl.create_default_context()\n"
        "@functools.lru_cache(128)\n"
        "def quoted(text): return text * 20\n"
    )
    script = "import sys\nsys.path.insert(0, 'site-packages')\nimport tool\nfor n in range(6000): tool.quoted(str(n) * 200)\n"
    told_without_native(tmp_path, "HW315", script)
