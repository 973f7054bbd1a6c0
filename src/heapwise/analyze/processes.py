"""Which processes took part? One row for the main process and for each child that wrote a file."""

from __future__ import annotations

from heapwise.model.family import Family
from heapwise.model.table import Table


def processes(family: Family) -> Table:
    """process, command, peak_bytes, peak_rss_bytes, end_bytes, total_bytes, count, file."""
    recordings = [family.main, *family.children]
    return Table(
        "processes",
        {
            "process": [int(r.meta.get("pid", 0)) for r in recordings],
            "command": [" ".join(map(str, r.meta.get("command", []))) for r in recordings],
            "peak_bytes": [r.summary.peak_bytes for r in recordings],
            "peak_rss_bytes": [r.summary.peak_rss_bytes for r in recordings],
            "end_bytes": [r.summary.end_bytes for r in recordings],
            "total_bytes": [r.summary.total_bytes for r in recordings],
            "count": [r.summary.allocations_count for r in recordings],
            "file": [r.path.name for r in recordings],
        },
    )
