"""Ask a snapshot in SQL: heapwise query FILE "SELECT type, sum(size_bytes) FROM objects GROUP BY type".

Tables: objects, edges, types, roots, dominators, sites. Needs the extra `sql`.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from pathlib import Path
from typing import IO

from heapwise.errors import NotWritableError, UsageError
from heapwise.model import arrow
from heapwise.model.snapshot import Snapshot


def configure(parser: argparse.ArgumentParser) -> None:
    """Declares the options of the verb."""
    parser.add_argument("file", type=Path, help="a snapshot")
    parser.add_argument("sql", help="a SELECT over objects, edges, types, roots, dominators, sites")
    parser.add_argument(
        "--format",
        choices=("table", "csv", "json", "parquet"),
        default="table",
        help="default: table",
    )
    parser.add_argument("-o", "--output", type=Path, help="for parquet, or instead of stdout")


def execute(options: argparse.Namespace) -> int:
    """Runs the query and shows its rows."""
    snapshot = Snapshot.open(options.file)
    duckdb = arrow.duckdb()
    connection = arrow.connection(snapshot, options.sql)
    try:
        found = connection.sql(options.sql).to_arrow_table()
    except duckdb.Error as error:
        raise UsageError(f"the query fails: {str(error).splitlines()[0]}") from None
    if options.format == "parquet":
        if options.output is None:
            raise UsageError("a parquet file needs a name", "add -o FILE")
        import pyarrow.parquet

        try:
            pyarrow.parquet.write_table(found, options.output)
        except OSError as error:
            raise NotWritableError(f"{options.output} cannot be written: {error}") from None
        return 0
    rows = found.to_pylist()
    try:
        out = options.output.open("w", newline="") if options.output else sys.stdout
    except OSError as error:
        raise NotWritableError(f"{options.output} cannot be written: {error.strerror}") from None
    try:
        if options.format == "json":
            json.dump(rows, out, indent=2, default=str)
            out.write("\n")
        elif options.format == "csv":
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(found.column_names)
            writer.writerows(row.values() for row in rows)
        else:
            _table(found.column_names, rows, out)
    finally:
        if options.output:
            out.close()
    return 0


def _table(names: list[str], rows: list[dict[str, object]], out: IO[str]) -> None:
    cells = [["" if value is None else str(value) for value in row.values()] for row in rows]
    widths = [max([len(name), *(len(c[i]) for c in cells)]) for i, name in enumerate(names)]
    right = [isinstance(value, (int, float)) for value in (rows[0].values() if rows else names)]
    for line in ([names], cells):
        for row in line:
            shown = (
                c.rjust(w) if r else c.ljust(w) for c, w, r in zip(row, widths, right, strict=True)
            )
            print("  ".join(shown).rstrip(), file=out)
