"""A damaged file gives a recording or a clear error: never another exception."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import heapwise
from heapwise.analyze.selection import Selection
from heapwise.errors import DamagedFileError, HeapwiseError, NewerFormatError, NotARecordingError
from heapwise.model.family import Family
from heapwise.model.recording import Recording
from heapwise.views import report


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("damage") / "a.hw"
    with heapwise.record(path):
        keep = [str(i) * 20 for i in range(2000)]
    assert keep
    return path.read_bytes()


def read_all(data: bytes, path: Path) -> Recording | None:
    path.write_bytes(data)
    try:
        recording = Recording.open(path)
        report.build(Family(recording), Selection(), view="overview")
        assert recording.moments is not None
    except HeapwiseError as error:
        assert str(path) in str(error)
        return None
    return recording


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_changed_bytes(original: bytes, tmp_path: Path, data: st.DataObject) -> None:
    altered = bytearray(original)
    for _ in range(data.draw(st.integers(1, 8))):
        altered[data.draw(st.integers(0, len(altered) - 1))] = data.draw(st.integers(0, 255))
    read_all(bytes(altered), tmp_path / "x.hw")


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(share=st.floats(0, 1))
def test_cut_anywhere(original: bytes, tmp_path: Path, share: float) -> None:
    length = int(len(original) * share)
    recording = read_all(original[:length], tmp_path / "x.hw")
    if recording is not None and length < len(original):
        assert recording.cut


def test_a_file_cut_in_its_timeline_is_still_read(original: bytes, tmp_path: Path) -> None:
    recording = read_all(original[: original.index(b"ticks")], tmp_path / "x.hw")
    assert recording is not None
    assert recording.cut
    assert recording.ticks == []
    assert sum(site.total_count for site in recording.sites) > 2000


def test_altered_values_are_told_apart_from_foreign_files(original: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.hw"
    path.write_bytes(b"PK\3\4" + bytes(100))
    with pytest.raises(NotARecordingError):
        Recording.open(path)
    altered = bytearray(original)
    altered[altered.index(b"peak_bytes") + 80] ^= 1
    path.write_bytes(altered)
    with pytest.raises(DamagedFileError):
        Recording.open(path)
    newer = bytearray(original)
    newer[8] = 99
    path.write_bytes(newer)
    with pytest.raises(NewerFormatError):
        Recording.open(path)
    path.write_bytes(b"HEAPWISE")
    with pytest.raises(DamagedFileError):
        Recording.open(path)
    path.write_bytes(b"")
    with pytest.raises(NotARecordingError):
        Recording.open(path)
