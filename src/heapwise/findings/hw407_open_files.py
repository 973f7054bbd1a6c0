"""HW407: many files are open at once, each with its buffers.

`self.writers[key] = gzip.open(path, "at")` for each new key, and a close at the end: a compressor alone has a quarter
of a mebibyte, an open file 8 KiB and its descriptor. With the keys their number grows, until the system allows no more.

What to do: write part by part, `with gzip.open(path, "at") as file`, or sort by key first, so that one is open at a
time; of many keys keep the few that were used last, and close the others (an OrderedDict as a cache). Costs: opening
again; of compressed files a part of its own each time. The saving is what their lines held at the peak, but for one
file. Clean: few files, and small ones.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise import units
from heapwise.analyze.line_costs import LineCosts
from heapwise.analyze.paths import place_of
from heapwise.findings.waste import LEAST_BYTES, reached
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot
from heapwise.model.tables import Frame

CODE = "HW407"
TITLE = "many files are open at once"
_FILES = (
    "gzip.GzipFile", "bz2.BZ2File", "lzma.LZMAFile", "zipfile.ZipFile", "tarfile.TarFile", "_io.TextIOWrapper",
    "_io.BufferedWriter", "_io.BufferedReader", "_io.BufferedRandom", "pyarrow._parquet.ParquetWriter",
)  # fmt: skip
_LEAST_FILES, _LEAST_SHARE = 16, 0.15


def at_peak(snapshot: Snapshot, costs: LineCosts) -> Iterator[Finding]:
    """Lines whose files are open, and that held a good part of the peak."""
    opened: dict[tuple[str, int], tuple[Frame, dict[str, list[int]]]] = {}
    for kind in _FILES:
        for node in reached(snapshot, snapshot.of_type_exactly(kind)):
            at = snapshot.allocated_at(node)
            if at is not None:
                opened.setdefault((at.file, at.line), (at, {}))[1].setdefault(kind, []).append(node)
    for (file, line), (at, of_kinds) in opened.items():
        kind, files = max(of_kinds.items(), key=lambda each: len(each[1]))
        held = costs.of(file, line, line).peak_bytes
        if len(files) < _LEAST_FILES or held < max(LEAST_BYTES, _LEAST_SHARE * costs.peak_bytes):
            continue
        saving = held - held // len(files)
        yield Finding(
            CODE, TITLE, file, line, at.function, place_of(snapshot, files[len(files) // 2]),
            (f"{len(files)} {kind} were open, and their line held {units.size(held)}",), saving,
            "computed from the recording", 0.6,
            "close each when its part is written, with open(path, 'a') as file; or leave open the few used last",
            freed=Freed(lines={(file, line): saving}),
        )  # fmt: skip
