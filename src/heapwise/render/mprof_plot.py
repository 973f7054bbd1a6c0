"""The picture of `mprof plot` as SVG: memory over time, brackets where functions were entered and left,
dotted lines at the peak."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Protocol

_WIDE, _HIGH = 1120, 480
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 260, 40, 50
_COLORS = ("#1f5fbf", "#c2571a", "#2d8a4e", "#7a4fb5", "#b03060", "#5f6b00", "#00808a", "#8a5a00")


class Profile(Protocol):
    """What is drawn: see `heapwise.compat.mprof.Profile`."""

    command: str
    usage: list[tuple[float, float]]
    children: dict[int, list[tuple[float, float]]]
    functions: dict[str, list[tuple[float, float, float, float]]]


def render(
    drawn: Sequence[tuple[str, Profile]], *, title: str = "", timestamps: bool = True,
    window: tuple[float, float] | None = None, slope: bool = False,
) -> bytes:  # fmt: skip
    """UTF-8 SVG of one or more profiles. timestamps: brackets of functions. window: seconds. slope: a
    line of the mean growth, with its MiB a second."""
    ends = [[p.usage[0][0], p.usage[-1][0]] for _, p in drawn if p.usage]
    begun = [end[0] for end in ends] or [0.0]
    longest = max((end[1] - end[0] for end in ends), default=1.0) or 1.0
    from_s, to_s = window or (0.0, longest)
    highest = max((mem for _, p in drawn for _, mem in p.usage), default=1.0)
    highest = (
        max([highest, *(m for _, p in drawn for c in p.children.values() for _, m in c)]) * 1.08
    )

    def x(seconds: float) -> float:
        return _LEFT + (seconds - from_s) / ((to_s - from_s) or 1.0) * (_WIDE - _LEFT - _RIGHT)

    def y(mem: float) -> float:
        return _HIGH - _BOTTOM - mem / highest * (_HIGH - _TOP - _BOTTOM)

    parts = [_axes(x, y, from_s, to_s, highest)]
    legend: list[tuple[str, str]] = []
    for number, (name, profile) in enumerate(drawn):
        color = _COLORS[number % len(_COLORS)]
        origin = begun[number] if number < len(begun) else 0.0
        inside = [(t - origin, m) for t, m in profile.usage if from_s <= t - origin <= to_s]
        if not inside:
            continue
        legend.append((color, name))
        parts.append(_line([(x(t), y(m)) for t, m in inside], color))
        peak_s, peak = max(inside, key=lambda pair: pair[1])
        parts.append(
            f'<path d="M{x(peak_s):.1f} {_TOP}V{_HIGH - _BOTTOM}M{_LEFT} {y(peak):.1f}H{_WIDE - _RIGHT}" '
            'stroke="#c00" stroke-dasharray="2 4" fill="none"/>'
            f'<text x="{x(peak_s) + 4:.1f}" y="{_TOP - 6}" fill="#c00">{peak:.1f} MiB</text>'
        )
        for child, series in profile.children.items():
            tone = _COLORS[(number + child + 1) % len(_COLORS)]
            parts.append(_line([(x(t - origin), y(m)) for t, m in series], tone))
            legend.append((tone, f"child {child}"))
        if slope and len(inside) > 1:
            (t0, m0), (t1, m1) = inside[0], inside[-1]
            growth = (m1 - m0) / ((t1 - t0) or 1.0)
            legend.append(("#666", f"{growth:+.3f} MiB/s"))
            parts.append(_line([(x(t0), y(m0)), (x(t1), y(m1))], "#666", dashed=True))
        for at, (function, runs) in enumerate(
            sorted(profile.functions.items()) if timestamps else ()
        ):
            tone = _COLORS[(number + at + 1) % len(_COLORS)]
            took = sum(end - start for start, _, end, _ in runs)
            legend.append((tone, f"{function} {took:.3f} s"))
            for start, mem, end, end_mem in runs:
                parts.append(_bracket(x(start - origin), y(mem), tone, 1))
                parts.append(_bracket(x(end - origin), y(end_mem), tone, -1))
    for row, (color, text) in enumerate(legend[:22]):
        top = _TOP + 18 * row
        parts.append(
            f'<rect x="{_WIDE - _RIGHT + 16}" y="{top}" width="12" height="12" fill="{color}"/>'
            f'<text x="{_WIDE - _RIGHT + 34}" y="{top + 11}">{html.escape(text[:40])}</text>'
        )
    shown = title or " ".join(p.command for _, p in drawn[:1])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH}" '
        'font-family="system-ui, sans-serif" font-size="12">'
        f'<rect width="100%" height="100%" fill="#fff"/><text x="{_LEFT}" y="16" font-size="14">'
        f"{html.escape(shown)}</text>{''.join(parts)}</svg>\n"
    ).encode()


def _axes(x: object, y: object, from_s: float, to_s: float, highest: float) -> str:
    assert callable(x) and callable(y)
    parts = [
        f'<path d="M{_LEFT} {_TOP}V{_HIGH - _BOTTOM}H{_WIDE - _RIGHT}" stroke="#444" fill="none"/>'
    ]
    for i in range(6):
        mem, seconds = highest * i / 5, from_s + (to_s - from_s) * i / 5
        parts.append(
            f'<text x="{_LEFT - 6}" y="{y(mem) + 4:.1f}" text-anchor="end">{mem:.0f}</text>'
        )
        parts.append(
            f'<text x="{x(seconds):.1f}" y="{_HIGH - _BOTTOM + 18}" text-anchor="middle">{seconds:.2f}</text>'
        )
    parts.append(f'<text x="8" y="{_TOP - 8}">memory (MiB)</text>')
    parts.append(f'<text x="{_WIDE - _RIGHT}" y="{_HIGH - 10}" text-anchor="end">time (s)</text>')
    return "".join(parts)


def _line(points: list[tuple[float, float]], color: str, *, dashed: bool = False) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dashes = ' stroke-dasharray="8 4"' if dashed else ""
    return f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="1.5"{dashes}/>'


def _bracket(x: float, y: float, color: str, side: int) -> str:
    return (
        f'<path d="M{x + 6 * side:.1f} {y - 12:.1f}H{x:.1f}V{y + 12:.1f}H{x + 6 * side:.1f}" '
        f'stroke="{color}" stroke-width="2" fill="none"/>'
    )
