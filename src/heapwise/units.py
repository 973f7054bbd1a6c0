"""Numbers for people: sizes in binary units, times, shares. Numbers are never cut."""

from __future__ import annotations

_STEPS = (("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10))


def size(count_bytes: float) -> str:
    """Bytes with their unit, three or four significant figures: 512 B, 1.50 KiB, 37.1 MiB."""
    sign = "-" if count_bytes < 0 else ""
    magnitude = abs(count_bytes)
    for unit, step in _STEPS:
        # What would round up to 1024 of a unit is 1 of the next.
        if magnitude >= step * 0.9995 and magnitude >= 1024:
            return f"{sign}{_figures(magnitude / step)} {unit}"
    return f"{sign}{magnitude:.0f} B"


def parse_size(text: str) -> int:
    """The bytes of "256KiB", "1 MiB", "64k", "4096". ValueError when it is none of these."""
    cleaned = text.strip().lower().replace("_", "").removesuffix("ib").removesuffix("b").strip()
    factor = 1
    if cleaned and cleaned[-1] in "kmgt":
        factor = 1 << (10 * ("kmgt".index(cleaned[-1]) + 1))
        cleaned = cleaned[:-1].strip()
    try:
        value = float(cleaned) * factor
    except ValueError:
        raise ValueError(f"{text!r} is no size; write for example 256KiB") from None
    if not value < float(1 << 62):
        raise ValueError(f"{text!r} is no size")
    return round(value)


def parse_duration(text: str) -> float:
    """The seconds of "30s", "500ms", "5 min", "1h", "2.5". ValueError when it is none of these."""
    cleaned = text.strip().lower()
    units = {"ms": 0.001, "min": 60.0, "s": 1.0, "m": 60.0, "h": 3600.0}
    unit = next((each for each in units if cleaned.endswith(each)), "")
    try:
        value = float(cleaned.removesuffix(unit)) * units.get(unit, 1.0)
    except ValueError:
        raise ValueError(f"{text!r} is no time; write for example 30s") from None
    if not 0 <= value < 1e9:
        raise ValueError(f"{text!r} is no time")
    return value


def count(number: float) -> str:
    """A count with thin groups: 1 234 567."""
    return f"{number:,.0f}".replace(",", " ")


def duration(seconds: float) -> str:
    """Seconds with a fitting unit: 850 ms, 1.84 s, 2 min 05 s."""
    if seconds < 0.9995:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 119.5:
        return f"{_figures(seconds)} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s"


def share(part: float, whole: float) -> str:
    """A percentage: 73 %, 0.4 %."""
    if whole <= 0:
        return "0 %"
    percent = 100 * part / whole
    return f"{percent:.1f} %" if 0 < abs(percent) < 9.95 else f"{percent:.0f} %"


def _figures(value: float) -> str:
    if value < 9.995:
        return f"{value:.2f}"
    if value < 99.95:
        return f"{value:.1f}"
    return f"{value:.0f}"
