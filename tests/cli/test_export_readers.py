"""Exports, read by the tools that they are for: pprof's own schema, speedscope's, Firefox's reader."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, unknown_fields

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


# perftools.profiles.Profile of pprof, version 3: message -> (field, number, type, repeated).
PPROF_SCHEMA = {
    "ValueType": [("type", 1, "int64", False), ("unit", 2, "int64", False)],
    "Sample": [("location_id", 1, "uint64", True), ("value", 2, "int64", True), ("label", 3, "Label", True)],
    "Label": [("key", 1, "int64", False), ("str", 2, "int64", False), ("num", 3, "int64", False),
              ("num_unit", 4, "int64", False)],
    "Mapping": [("id", 1, "uint64", False), ("memory_start", 2, "uint64", False),
                ("memory_limit", 3, "uint64", False), ("file_offset", 4, "uint64", False),
                ("filename", 5, "int64", False), ("build_id", 6, "int64", False),
                ("has_functions", 7, "bool", False), ("has_filenames", 8, "bool", False),
                ("has_line_numbers", 9, "bool", False), ("has_inline_frames", 10, "bool", False)],
    "Location": [("id", 1, "uint64", False), ("mapping_id", 2, "uint64", False), ("address", 3, "uint64", False),
                 ("line", 4, "Line", True), ("is_folded", 5, "bool", False)],
    "Line": [("function_id", 1, "uint64", False), ("line", 2, "int64", False), ("column", 3, "int64", False)],
    "Function": [("id", 1, "uint64", False), ("name", 2, "int64", False), ("system_name", 3, "int64", False),
                 ("filename", 4, "int64", False), ("start_line", 5, "int64", False)],
    "Profile": [("sample_type", 1, "ValueType", True), ("sample", 2, "Sample", True),
                ("mapping", 3, "Mapping", True), ("location", 4, "Location", True),
                ("function", 5, "Function", True), ("string_table", 6, "string", True),
                ("drop_frames", 7, "int64", False), ("keep_frames", 8, "int64", False),
                ("time_nanos", 9, "int64", False), ("duration_nanos", 10, "int64", False),
                ("period_type", 11, "ValueType", False), ("period", 12, "int64", False),
                ("comment", 13, "int64", True), ("default_sample_type", 14, "int64", False),
                ("doc_url", 15, "int64", False)],
}  # fmt: skip


def pprof_profile(data: bytes) -> Any:
    """A profile, parsed by the protobuf library."""
    file = descriptor_pb2.FileDescriptorProto(
        name="profile.proto", package="pprof", syntax="proto3"
    )
    for name, fields in PPROF_SCHEMA.items():
        message = file.message_type.add(name=name)
        for field, number, kind, repeated in fields:
            added = message.field.add(name=field, number=number, label=3 if repeated else 1)
            if kind in PPROF_SCHEMA:
                added.type, added.type_name = added.TYPE_MESSAGE, f".pprof.{kind}"
            else:
                added.type = getattr(added, f"TYPE_{kind.upper()}")
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    profile = message_factory.GetMessageClass(pool.FindMessageTypeByName("pprof.Profile"))()
    profile.ParseFromString(data)
    return profile


def test_pprof_is_read_by_protobuf(export) -> None:  # type: ignore[no-untyped-def]
    recording, path = export("a.pprof")
    profile = pprof_profile(gzip.decompress(path.read_bytes()))
    text = profile.string_table
    types = [(text[t.type], text[t.unit]) for t in profile.sample_type]
    assert types == [
        ("alloc_objects", "count"),
        ("alloc_space", "bytes"),
        ("inuse_objects", "count"),
        ("inuse_space", "bytes"),
    ]
    functions = {f.id: text[f.name] for f in profile.function}
    places = {
        place.id: [functions[line.function_id] for line in place.line] for place in profile.location
    }
    assert all(len(sample.value) == 4 for sample in profile.sample)
    allocated = sum(sample.value[1] for sample in profile.sample)
    assert allocated == pytest.approx(recording.summary.total_bytes, rel=0.01)
    made = [s for s in profile.sample if any("make" in places[i] for i in s.location_id)]
    assert sum(sample.value[3] for sample in made) > 1_000_000
    assert len(unknown_fields.UnknownFieldSet(profile)) == 0


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
