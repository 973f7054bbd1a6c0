"""Markdown for pull requests and issues."""

from __future__ import annotations

from heapwise import units
from heapwise.render import documents, sentences
from heapwise.render.paths import shorten
from heapwise.views.report import Report


def render(report: Report) -> bytes:
    """UTF-8 markdown: the verdict, then each table of the view."""
    head = sentences.headline(report)
    lines = [f"**{head[0].upper()}{head[1:]}.**", ""]
    lines += [f"- {text}" for text in (*sentences.aftermath(report), *sentences.advice(report))]
    meta = report.recording.meta
    for table in report.tables:
        lines += ["", f"### {table.name.capitalize()}", ""]
        hidden = {"trend_bytes"} if "trend_bytes" in table.columns else documents.DETAILS
        names = [name for name in table.columns if name not in hidden]
        lines.append("| " + " | ".join(name.removesuffix("_bytes") for name in names) + " |")
        lines.append("|" + "".join(" ---: |" if _is_number(name) else " --- |" for name in names))
        for row in table.rows():
            cells = []
            for name in names:
                value = row[name]
                if name == "file" and table.name != "processes":
                    value = shorten(value, meta)
                if name.endswith("_bytes") or name == "bytes":
                    value = units.size(value)
                cells.append(_escaped(str(value)))
            lines.append("| " + " | ".join(cells) + " |")
        if table.note:
            lines += ["", sentences.readable(table.note)]
    lines += [""] + [f"_{sentences.readable(text)}_" for text in report.limits]
    return ("\n".join(lines) + "\n").encode()


def _escaped(text: str) -> str:
    """Text that is text in a cell: no tags, no further cells, no further rows."""
    for char, safe in (("&", "&amp;"), ("<", "&lt;"), ("|", "\\|"), ("\n", " ")):
        text = text.replace(char, safe)
    return text


def _is_number(name: str) -> bool:
    return name.endswith(("_bytes", "_ms", "_s", "_count")) or name in (
        "bytes",
        "count",
        "line",
        "depth",
        "process",
        "generation",
    )
