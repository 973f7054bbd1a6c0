"""CSV: the first table of a view, with raw numbers."""

from __future__ import annotations

import csv
import io

from heapwise.views.report import Report


def render(report: Report) -> bytes:
    """UTF-8 CSV with a header row. The overview gives its lines."""
    named = {table.name: table for table in report.tables}
    table = named.get("lines") or report.tables[0]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    for values in zip(*table.columns.values(), strict=True):
        writer.writerow(" ".join(map(str, v)) if isinstance(v, list) else v for v in values)
    return out.getvalue().encode()
