"""An HTML page without a script: headings, text, tables, a picture. For answers that are read, not explored."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from heapwise.render.page import HOME, digest


def section(title: str, *parts: str) -> str:
    """A part of the page under its heading; parts are HTML."""
    return f"<section><h2>{escape(title)}</h2>{''.join(parts)}</section>"


def text(words: str) -> str:
    """A paragraph."""
    return f"<p>{escape(words)}</p>"


def code(words: str) -> str:
    """Lines as they are."""
    return f'<pre class="mono">{escape(words)}</pre>'


def grid(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table: the first column is the place, figures follow."""
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    lines = []
    for row in rows:
        cells = f'<td class="place"><code>{escape(row[0])}</code></td>'
        cells += "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        lines.append(f"<tr>{cells}</tr>")
    return f'<div class="scroll"><table><tr>{head}</tr>{"".join(lines)}</table></div>'


def page(title: str, headline: str, parts: Sequence[str]) -> bytes:
    """The whole page, UTF-8. It asks the network for nothing: its policy allows its own style alone."""
    style = (HOME / "style.css").read_text()
    policy = f"default-src 'none'; style-src '{digest(style)}'; img-src data:"
    if any("<svg" in part for part in parts):  # pictures bring a style of their own
        policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{style}</style></head><body><main><h1>Heapwise</h1>"
        f'<section class="verdict"><p>{escape(headline)}</p></section>{"".join(parts)}</main></body></html>'
    ).encode()
