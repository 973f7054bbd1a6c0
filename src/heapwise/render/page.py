"""The viewer's files, put together for one page."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parent.parent / "web" / "viewer"
# Modules in order of use; inlined, their imports and exports fall away.
MODULES = ("data.js", "layout.js", "flame.js", "dom.js", "timeline.js", "lines.js", "app.js")
FRAME = "frame.html"
HEAP_MODULES = ("data.js", "layout.js", "flame.js", "dom.js", "heap.js")
_PLAIN_LIMIT_CHARS = 1_000_000


def script(modules: Sequence[str] = MODULES) -> str:
    """All modules as one."""
    parts = []
    for name in modules:
        text = (HOME / name).read_text()
        text = re.sub(r'^import .*? from "\./[a-z]+\.js";\n', "", text, flags=re.M | re.S)
        parts.append(re.sub(r"^export ", "", text, flags=re.M))
    return "\n".join(parts)


def page(document: Mapping[str, Any], *, title: str, heap: bool = False) -> bytes:
    """The HTML page around a document: of a recording, or of a snapshot. Beyond 1 MB it is gzipped."""
    data = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    data = data.replace("<", "\\u003c")  # within strings only; no tag can begin in the data
    encoding = "plain"
    if len(data) > _PLAIN_LIMIT_CHARS:
        encoding = "gzip"
        packed = gzip.compress(data.encode(), compresslevel=6, mtime=0)
        data = base64.b64encode(packed).decode()
    style, code = (HOME / "style.css").read_text(), script(HEAP_MODULES if heap else MODULES)
    policy = f"default-src 'none'; script-src '{digest(code)}'; style-src '{digest(style)}'; img-src data:"
    body = (HOME / ("heap.html" if heap else "page.html")).read_text()
    values = {
        "policy": policy, "title": html.escape(title), "style": style, "encoding": encoding,
        "data": data, "script": code, "body": body,
    }  # fmt: skip
    pattern = r"\{(policy|title|style|encoding|data|script|body)\}"
    return re.sub(pattern, lambda m: values[m[1]], (HOME / FRAME).read_text()).encode()


def digest(text: str) -> str:
    """How a content security policy names a style or a script that it allows."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
