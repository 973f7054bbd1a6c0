"""SVG: the picture of who keeps an object alive. Boxes in layers from the roots down."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from heapwise import units
from heapwise.analyze.picture import Arrow, Box, Picture

_WIDE, _HIGH, _GAP_X, _GAP_Y, _EDGE = 190, 52, 26, 62, 16
_MOST_CHARS = 26
_STYLE = """
svg { font: 12px system-ui, sans-serif; background: #fff; }
rect { fill: #f5f6f8; stroke: #57606a; rx: 5; }
rect.root { fill: #e7eefb; stroke: #0a58ca; }
rect.target { fill: #fdece8; stroke: #b42318; stroke-width: 2; }
rect.held { stroke-dasharray: 6 3; }
text { fill: #1b1f24; text-anchor: middle; }
text.soft { fill: #57606a; }
text.edge { fill: #57606a; font-family: ui-monospace, monospace; font-size: 11px; }
text.edge { paint-order: stroke; stroke: #fff; stroke-width: 4; }
path { fill: none; stroke: #57606a; marker-end: url(#tip); }
path.weak { stroke-dasharray: 3 4; }
"""


def render(picture: Picture, title: str) -> bytes:
    """UTF-8 SVG."""
    layers = _layers(picture)
    place: dict[int, tuple[float, float]] = {}
    widest = max((len(layer) for layer in layers), default=1)
    wide = 2 * _EDGE + widest * _WIDE + (widest - 1) * _GAP_X
    for depth, layer in enumerate(layers):
        row = len(layer) * _WIDE + (len(layer) - 1) * _GAP_X
        for number, box in enumerate(layer):
            left = (wide - row) / 2 + number * (_WIDE + _GAP_X)
            place[box] = left, 40 + depth * (_HIGH + _GAP_Y)
    high = 40 + len(layers) * (_HIGH + _GAP_Y) - _GAP_Y + 20
    notes = [
        "Arrows go from who refers to what is kept. Blue: a root. Red: what was asked for.",
        "Dotted: a weak reference, which keeps nothing. Dashed box: native code refers to it, too.",
    ]
    if picture.left_out_count:
        notes.append(f"{picture.left_out_count} more boxes are not drawn.")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{max(wide, 760):.0f}" '
        f'height="{high + 18 * len(notes) + 8:.0f}" role="img">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        'orient="auto-start-reverse"><path d="M0 0L8 4L0 8z" style="fill:#57606a;stroke:none"/></marker></defs>',
        f'<text x="{_EDGE}" y="22" style="text-anchor:start;font-weight:600">{escape(title)}</text>',
        *(_arrow(arrow, place) for arrow in picture.arrows),
        *(_box(box, *place[number]) for number, box in enumerate(picture.boxes)),
    ]
    for number, note in enumerate(notes):
        at = high + 18 * number + 8
        parts.append(
            f'<text class="soft" x="{_EDGE}" y="{at}" style="text-anchor:start">{escape(note)}</text>'
        )
    return "\n".join([*parts, "</svg>"]).encode()


def _layers(picture: Picture) -> list[list[int]]:
    """Boxes by their longest way from a root; in a layer, near to who refers to them."""
    depth = [0] * len(picture.boxes)
    strong = [arrow for arrow in picture.arrows if not arrow.weak]
    for _ in picture.boxes:  # rings do not go on for ever
        changed = False
        for arrow in strong:
            if depth[arrow.target] <= depth[arrow.source] < len(picture.boxes):
                depth[arrow.target] = depth[arrow.source] + 1
                changed = True
        if not changed:
            break
    for arrow in picture.arrows:
        if arrow.weak and not any(other.target == arrow.source for other in strong):
            depth[arrow.source] = max(0, depth[arrow.target] - 1)
    layers: list[list[int]] = [[] for _ in range(max(depth, default=0) + 1)]
    for box, at in enumerate(depth):
        layers[at].append(box)
    layers = [layer for layer in layers if layer]
    for above, layer in pairwise(layers):
        order = {box: number for number, box in enumerate(above)}
        layer.sort(key=lambda box: _center(box, order, strong))
    return layers


def _center(box: int, order: dict[int, int], arrows: Sequence[Arrow]) -> float:
    found = [order[a.source] for a in arrows if a.target == box and a.source in order]
    return sum(found) / len(found) if found else float(len(order))


def _box(box: Box, left: float, top: float) -> str:
    times = f" × {units.count(box.count)}" if box.count > 1 else ""
    name = _cut(f"{box.type}{times}")
    figure = units.size(box.retained_bytes) + (
        f" · {box.unexplained_count} from native code" if box.unexplained_count else ""
    )
    lines = [name, *([_cut(box.title)] if box.title else []), figure]
    style = f"{box.role}{' held' if box.unexplained_count else ''}"
    middle = left + _WIDE / 2
    first = top + _HIGH / 2 + 4 - 8 * (len(lines) - 1)
    texts = "".join(
        f'<text x="{middle:.1f}" y="{first + 16 * i:.1f}"{_soft(i)}>{escape(line)}</text>'
        for i, line in enumerate(lines)
    )
    whole = escape(f"{box.type} {box.title}".strip())
    return (
        f'<g><title>{whole}</title><rect class="{style}" x="{left:.1f}" y="{top:.1f}" width="{_WIDE}" '
        f'height="{_HIGH}"/>{texts}</g>'
    )


def _soft(line: int) -> str:
    return ' class="soft"' if line else ""


def _arrow(arrow: Arrow, place: dict[int, tuple[float, float]]) -> str:
    (x1, y1), (x2, y2) = place[arrow.source], place[arrow.target]
    x1, x2, y1 = x1 + _WIDE / 2, x2 + _WIDE / 2, y1 + _HIGH
    if y2 < y1:  # back up, or beside
        y2 = y2 + _HIGH / 2
    bend = (y1 + y2) / 2
    style = ' class="weak"' if arrow.weak else ""
    return (
        f'<path{style} d="M{x1:.1f} {y1:.1f}C{x1:.1f} {bend:.1f} {x2:.1f} {bend:.1f} {x2:.1f} {y2:.1f}"/>'
        f'<text class="edge" x="{(x1 + x2) / 2:.1f}" y="{bend + 4:.1f}">{escape(_cut(arrow.name))}</text>'
    )


def _cut(text: str) -> str:
    """Names are cut in the middle; the whole stands in the tooltip."""
    half = _MOST_CHARS // 2
    return text if len(text) <= _MOST_CHARS else f"{text[: half - 1]}…{text[-half:]}"
