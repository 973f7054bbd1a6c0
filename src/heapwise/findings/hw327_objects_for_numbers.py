"""HW327: objects where numbers or texts would do.

An amount as a `decimal.Decimal` takes 112 bytes, an address of the net as an `ipaddress.IPv4Address` 80, a
`uuid.UUID` 112, a `datetime` 48. As an int each takes 32 (those of 128 bits 48), in an array 8. A `pathlib.Path` takes
250 bytes and more, with its parts, and up to 600 once it was shown or looked up; the text of it 70. A network of
`ipaddress` takes 190, its text 64.

What to do: keep what is counted, and make the object where it is shown or reckoned with: cents, microseconds since
the epoch, `int(address)`, `uuid.int`; a list of nothing else as `array.array('q', ...)` or a NumPy array, a large set
of nothing else as a sorted one (`numpy.unique`, `searchsorted`). Keep
`str(path)`, and ask `os.path` for its parts, or make the Path where a method of it is called. Costs: it reads worse,
each place must know the unit (and the zone), what is divided must be rounded by rules of your own, and a sorted array
is made once, or takes a search for each that is added. Clean: few of
them; dates and times, where they take less than 64 MiB; objects that are shared, or keys; values of more
digits than 64 bits hold, or of differing scales.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from heapwise.findings.path_texts import PATHS, texts_of
from heapwise.findings.place import structural
from heapwise.findings.roles import Role, by_role, lines_of_sites, shown
from heapwise.findings.waste import block_bytes, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW327"
TITLE = "objects where numbers or texts would do"
_LEAST_COUNT, _LEAST_SHARE = 1000, 0.5
_LEAST_ITEMS, _MOSTLY = 16, 0.98
_LEAST_OF_TIMES_BYTES = 64 << 20
"""Times are read by people: only where they take much are numbers worth it."""
_ARRAY_BYTES, _INT_BYTES, _LARGE_INT_BYTES = 64, 32, 48
_NETWORK_TEXT_BYTES, _LONG_NETWORK_TEXT_BYTES = 64, 80
_LISTS, _SETS = ("list", "tuple", "numpy.ndarray"), ("set", "frozenset")
_LEAST_MEMBERS = 10_000
"""Of a set that a sorted array may take the place of."""


class _Kind(NamedTuple):
    """What takes the place of a type. item: its code in an array; empty where it is too wide for one, or no number.
    box_bytes: of one; 0 where that depends on each."""

    number: str
    item: str = "q"
    box_bytes: int = _INT_BYTES


_KINDS = {
    "decimal.Decimal": _Kind("ints of the smallest unit, as cents"),
    "datetime.datetime": _Kind("microseconds since the epoch"),
    "datetime.date": _Kind("ints: date.toordinal()"),
    "datetime.time": _Kind("microseconds since midnight"),
    "datetime.timedelta": _Kind("microseconds"),
    "fractions.Fraction": _Kind("floats, or ints of a common denominator", "d"),
    "ipaddress.IPv4Address": _Kind("ints: int(address)", "I"),
    "ipaddress.IPv6Address": _Kind("ints: int(address)", "", _LARGE_INT_BYTES),
    "ipaddress.IPv4Network": _Kind("texts: str(network)", "", _NETWORK_TEXT_BYTES),
    "ipaddress.IPv6Network": _Kind("texts: str(network)", "", _LONG_NETWORK_TEXT_BYTES),
    "uuid.UUID": _Kind("ints: uuid.int", "", _LARGE_INT_BYTES),
} | {kind: _Kind("texts: str(path)", "", 0) for kind in PATHS}


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Such objects by what holds them, and under which name; those of one line together."""
    least = worth_bytes(snapshot)
    for role, nodes in by_role(snapshot, _KINDS).items():
        if snapshot.type_names[role.owner] in _KINDS:  # the address of a network
            continue
        for group in _by_line(snapshot, role, nodes):
            found = _finding(snapshot, role, group) if len(group) >= _LEAST_COUNT else None
            worth = _LEAST_OF_TIMES_BYTES if role.kind.startswith("datetime.") else least
            if found is not None and found.saving_bytes >= max(least, worth):
                yield found


def _by_line(snapshot: Snapshot, role: Role, nodes: Sequence[int]) -> Iterable[list[int]]:
    """Those that one holder alone keeps, by the line that made them; where that is not known, those in a long container
    stand for themselves."""
    parents, counts = snapshot.parents[0], snapshot.nodes("edges_count")
    above, sites, lines = (
        snapshot.nodes("dominator"),
        snapshot.nodes("site"),
        lines_of_sites(snapshot),
    )
    found: dict[tuple[int, int], list[int]] = {}
    for node in nodes:
        holder, line = parents[node], lines.get(sites[node], 0)
        if above[node] == holder:
            alone = not line and role.name < 0 and counts[holder] >= _LEAST_COUNT
            found.setdefault((line, holder if alone else 0), []).append(node)
    return found.values()


def _finding(snapshot: Snapshot, role: Role, nodes: Sequence[int]) -> Finding | None:
    """Lists of nothing else become arrays, other objects numbers where they are."""
    sizes, counts, retained = (
        snapshot.nodes(n) for n in ("size_bytes", "edges_count", "retained_bytes")
    )
    kind = _KINDS[role.kind]
    now = sum(retained[node] for node in nodes)
    holders = _lists(snapshot, role, nodes) if kind.item else frozenset()
    then = kind.box_bytes * len(nodes)
    if role.kind in PATHS:  # they share names of folders
        texts = texts_of(snapshot, nodes)
        now, then = snapshot.retained_of(nodes) + texts.interned_bytes, texts.then_bytes
    fix, freed = f"keep {kind.number}, and make the object where it is needed", Freed(roots=nodes)
    if holders:
        order = "sorted " if snapshot.type_names[role.owner] in _SETS else ""
        fix = f"keep {kind.number}, in an array.array({kind.item!r}, ...) or a {order}NumPy array"
        item_bytes = array(kind.item).itemsize
        then = sum(block_bytes(_ARRAY_BYTES + item_bytes * counts[each]) for each in holders)
        now += sum(sizes[each] for each in holders)
        freed = Freed(nodes=[*nodes, *holders], entirely=True)
    if now - then < _LEAST_SHARE * now:
        return None
    told = [
        f"{len(nodes)} {role.kind} in {shown(snapshot, role)}: {now} bytes, {now / len(nodes):.0f} each"
    ]
    if kind.item:
        told.append("it costs readability, and care for units and rounding")
    return structural(
        snapshot, nodes[len(nodes) // 2], CODE, TITLE, saving_bytes=now - then, fix=fix,
        evidence=told, confidence=0.6, subject=role.kind,
        freed=freed,
    )  # fmt: skip


def _lists(snapshot: Snapshot, role: Role, nodes: Sequence[int]) -> Set[int]:
    """What holds them, where that is lists of some length, or large sets, that hold hardly anything else; nothing
    otherwise."""
    owner = snapshot.type_names[role.owner]
    least = _LEAST_MEMBERS if owner in _SETS else _LEAST_ITEMS
    if owner not in (*_LISTS, *_SETS) or role.name >= 0:
        return frozenset()
    parents, counts = snapshot.parents[0], snapshot.nodes("edges_count")
    holders = {parents[node] for node in nodes}
    items = sum(counts[each] for each in holders)
    long = items >= least * len(holders)
    return holders if long and len(nodes) >= _MOSTLY * items else frozenset()
