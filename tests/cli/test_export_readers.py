"""Exports, read by the tools that they are for: pprof's own schema, speedscope's, Firefox's reader."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from heapwise.cli.main import main
from heapwise.model.recording import Recording
from tests.conftest import Runner

PROGRAM = """
def make():
    return [str(i) for i in range(30_000)]
kept = make()
big = bytearray(5_000_000)
"""


@pytest.fixture
def export(run_program: Runner, tmp_path: Path):  # type: ignore[no-untyped-def]
    """export(name) -> (recording, path of the file in the format that its name says)."""
    run = run_program(PROGRAM)

    def made(name: str) -> tuple[Recording, Path]:
        assert main(["export", str(run.path), "-o", str(tmp_path / name)]) == 0
        return run.recording, tmp_path / name

    return made


@pytest.fixture(scope="session")
def npm_packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory where speedscope and Firefox Profiler's reader are installed."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm on this machine")
    place = tmp_path_factory.mktemp("npm")
    done = subprocess.run(
        [npm, "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts",
         "speedscope@1.25.0", "@firefox-devtools/profiler-cli@0.10.0"],
        cwd=place, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    if done.returncode != 0:
        pytest.skip("npm reaches no registry")
    return place / "node_modules"


def test_pprof_is_read_by_its_own_schema(export) -> None:  # type: ignore[no-untyped-def]
    recording, path = export("a.pprof")
    reader = """
import gzip, json, sys
from pypprof import profile_pb2
profile = profile_pb2.Profile()
profile.ParseFromString(gzip.open(sys.argv[1]).read())
text = profile.string_table
functions = {f.id: text[f.name] for f in profile.function}
places = {l.id: [functions[line.function_id] for line in l.line] for l in profile.location}
print(json.dumps({
    "types": [[text[t.type], text[t.unit]] for t in profile.sample_type],
    "samples": [[[n for i in s.location_id for n in places[i]], list(s.value)] for s in profile.sample],
}))
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", reader, str(path)], capture_output=True, text=True,
        check=False, env=os.environ | {"PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION": "python"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["types"] == [
        ["alloc_objects", "count"],
        ["alloc_space", "bytes"],
        ["inuse_objects", "count"],
        ["inuse_space", "bytes"],
    ]
    allocated = sum(values[1] for _, values in found["samples"])
    assert allocated == pytest.approx(recording.summary.total_bytes, rel=0.01)
    made = [values for names, values in found["samples"] if "make" in names]
    assert sum(values[3] for values in made) > 1_000_000


def test_speedscope_meets_its_schema(export, npm_packages: Path) -> None:  # type: ignore[no-untyped-def]
    _, path = export("a.speedscope.json")
    schema = npm_packages / "speedscope" / "dist" / "release" / "file-format-schema.json"
    jsonschema.validate(json.loads(path.read_text()), json.loads(schema.read_text()))


def test_gecko_is_read_by_firefox_profiler(export, npm_packages: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    _, path = export("a.gecko.json")
    tool = [str(npm_packages / ".bin" / "profiler-cli")]
    environment = os.environ | {"HOME": str(tmp_path)}

    def ask(*words: str) -> str:
        return subprocess.run(
            [*tool, *words], capture_output=True, text=True, check=True, timeout=120,
            env=environment,
        ).stdout  # fmt: skip

    ask("load", str(path))
    try:
        ask("strategy", "native-allocations")
        answer = json.loads(ask("thread", "functions", "--json", "--limit", "0"))
    finally:
        ask("stop", "--all")
    assert answer["weightType"] == "bytes"
    top = answer["functions"][0]
    assert top["name"] == "<module>"
    assert 5_000_000 <= top["selfSamples"] < 5_010_000
    assert any("make" in f["name"] and f["selfSamples"] > 1_000_000 for f in answer["functions"])
