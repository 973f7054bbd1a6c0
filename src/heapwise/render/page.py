"""The viewer's files, put together for one page."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent / "web" / "viewer"
# Modules in order of use; inlined, their imports and exports fall away.
MODULES = ("data.js", "layout.js", "flame.js", "timeline.js", "lines.js", "app.js")


def script() -> str:
    """All modules as one."""
    parts = []
    for name in MODULES:
        text = (HOME / name).read_text()
        text = re.sub(r'^import .*? from "\./[a-z]+\.js";\n', "", text, flags=re.M | re.S)
        parts.append(re.sub(r"^export ", "", text, flags=re.M))
    return "\n".join(parts)


def fill(*, title: str, data: str, encoding: str) -> str:
    """The HTML page around a document. `data` must hold no `<`."""
    style, code = (HOME / "style.css").read_text(), script()
    policy = f"default-src 'none'; script-src '{_digest(code)}'; style-src '{_digest(style)}'; img-src data:"
    text = (HOME / "page.html").read_text()
    values = {
        "policy": policy, "title": title, "style": style, "encoding": encoding,
        "data": data, "script": code,
    }  # fmt: skip
    return re.sub(r"\{(policy|title|style|encoding|data|script)\}", lambda m: values[m[1]], text)


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
