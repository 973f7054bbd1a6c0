"""What the source shows: as lines, JSON, GitHub's annotations, and SARIF 2.1.0."""

from __future__ import annotations

import json
import platform
from pathlib import Path
from typing import Any
from urllib.parse import quote

from heapwise import lint, units
from heapwise.render import findings
from heapwise.version import __version__
from heapwise.views.lint import LintReport, Sized, finding

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def text(report: LintReport) -> str:
    """`app.py:12:5 HW705 all sorted for a few: ...`, and a last line that counts."""
    lines = [_line(each) for each in report.hits]
    count, fixable = len(lines), sum(bool(each.hit.edits) for each in report.hits)
    files = f"{units.count(report.files_count)} file{'s' * (report.files_count != 1)}"
    if not count:
        return f"nothing found in {files}.\n"
    safe = sum(each.hit.safe and bool(each.hit.edits) for each in report.hits)
    told = f"{units.count(count)} found in {files}"
    if fixable:
        told += f"; {safe} can be changed by --fix, {fixable - safe} more by --fix --unsafe"
    return "\n".join([*lines, told + "."]) + "\n"


def _line(sized: Sized) -> str:
    hit = sized.hit
    mark = " [*]" if hit.edits and hit.safe else (" [~]" if hit.edits else "")
    cost = f" ({units.size(sized.cost.peak_bytes)} at the peak)" if sized.cost else ""
    at = f"{_shown(hit.path)}:{hit.line}:{hit.column}"
    return f"{at}: {hit.code}{mark} {hit.title}{cost}: {hit.says}; change: {hit.fix}"


def _shown(path: str) -> str:
    """Relative to where one stands, when it is below."""
    try:
        return str(Path(path).resolve().relative_to(Path.cwd()))
    except ValueError:
        return path


def document(report: LintReport) -> str:
    """JSON, keys as in the contract of the docs; and column, end_line, peak_bytes, total_bytes."""
    rows = [
        findings.row(finding(each)) | {
            "column": each.hit.column, "end_line": each.hit.end_line, "safe": each.hit.safe,
            "peak_bytes": each.cost.peak_bytes if each.cost else None,
            "total_bytes": each.cost.total_bytes if each.cost else None,
        }
        for each in report.hits
    ]  # fmt: skip
    found: dict[str, Any] = {
        "meta": {
            "format": 1, "kind": "lint", "tool": "heapwise", "version": __version__,
            "python": platform.python_version(), "command": None, "mode": None, "started_at": None,
        },
        "summary": {"files_count": report.files_count, "findings_count": len(rows)},
        "findings": rows,
    }  # fmt: skip
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def github(report: LintReport) -> str:
    """Workflow commands: an annotation at each line."""
    lines = []
    for each in report.hits:
        hit = each.hit
        place = f"file={_escaped(_shown(hit.path), True)},line={hit.line},endLine={hit.end_line},col={hit.column}"
        said = _escaped(f"{hit.title}: {hit.says}; change: {hit.fix}", False)
        lines.append(f"::warning {place},title={hit.code}::{said}\n")
    return "".join(lines)


def _escaped(words: str, is_property: bool) -> str:
    for char, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        words = words.replace(char, code)
    return words.replace(":", "%3A").replace(",", "%2C") if is_property else words


def sarif(report: LintReport) -> str:
    """SARIF 2.1.0: the rules that hit, and each hit."""
    codes = sorted({each.hit.code for each in report.hits})
    pages = lint.pages()
    rules = [
        {
            "id": code,
            "shortDescription": {"text": pages[code].split("\n")[0].partition(": ")[2]},
            "fullDescription": {"text": pages[code]},
            "help": {"text": pages[code]},
        }
        for code in codes
    ]
    results = [_result(each, codes.index(each.hit.code)) for each in report.hits]
    driver = {"name": "heapwise", "version": __version__, "rules": rules}
    found = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [
        {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    ]}  # fmt: skip
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def _result(sized: Sized, rule: int) -> dict[str, Any]:
    hit = sized.hit
    region = {
        "startLine": hit.line,
        "startColumn": hit.column,
        "endLine": max(hit.line, hit.end_line),
    }
    place = {
        "artifactLocation": {
            "uri": quote(Path(_shown(hit.path)).as_posix(), errors="surrogateescape")
        },
        "region": region,
    }
    found: dict[str, Any] = {
        "ruleId": hit.code, "ruleIndex": rule, "level": "warning",
        "message": {"text": f"{hit.title}: {hit.says}; change: {hit.fix}"},
        "locations": [{"physicalLocation": place}],
    }  # fmt: skip
    if sized.cost is not None:
        found["properties"] = {
            "peak_bytes": sized.cost.peak_bytes, "total_bytes": sized.cost.total_bytes,
            "saving_bytes": sized.saving_bytes,
        }  # fmt: skip
    return found


RENDERERS = {"text": text, "json": document, "github": github, "sarif": sarif}
