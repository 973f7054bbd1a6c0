"""A finding: something wrong, as data. Renderers show it, gates count it, proofs test it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

MOST_BUILT, MOST_ITEMS = 1000, 20_000
"""How many objects are built anew to be weighed; and how many items of one container."""


class Nature(Enum):
    """What a finding says of growth. GENERAL: where something grows, not why it should not. SPECIAL: a known
    kind of leak. FAULT: wrong by its structure; a large one needs no growth in time to be a leak. BOUNDED:
    it grows to a bound and no further."""

    GENERAL = 1
    SPECIAL = 2
    FAULT = 3
    BOUNDED = 4


@dataclass(frozen=True)
class Freed:
    """Whose bytes a change frees; how many of them, in proportion, is the finding's saving. nodes: objects of a
    snapshot. roots: objects that go with all that they alone keep. lines: (file, line) -> bytes at the peak, 0 of those
    that work for it at other times. entirely: nothing comes in their place, or what the allocators do not round up.
    complete: what else was made at the same lines is needed. native_left_bytes: native memory that each root keeps.
    calls: functions of a library, by their names, while which what goes is made, and more that goes with it.
    in_hand_share: the part of it all that is there at a time with the change, too. kept: of what goes these are the
    same, with all that they alone keep, and stay: of what more of it there is at the peak all goes. later_bytes: what
    goes at times when the lines have run, where that is less than while they do."""

    nodes: Sequence[int] = ()
    roots: Sequence[int] = ()
    lines: Mapping[tuple[str, int], int] = field(default_factory=dict)
    entirely: bool = False
    complete: bool = False
    native_left_bytes: int = 0
    calls: Sequence[str] = ()
    in_hand_share: float = 0.0
    kept: Sequence[int] = ()
    later_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """A further line that a finding is about. role: `keeps`, where the program puts the objects; `allocates`, where
    others of the bytes are made; `causes`, why they stay."""

    role: str
    file: str
    line: int
    function: str = ""


@dataclass(frozen=True)
class Recipe:
    """How the objects of a finding are built anew, as they are and as they could be, to weigh both. kind: of what;
    facts: their shapes. count objects take now_bytes; alternative: the name of what is advised. unit: what bytes are
    told of, as `each`."""

    kind: str
    alternative: str
    count: int
    now_bytes: int
    facts: Mapping[str, Any]
    unit: str = "each"


@dataclass(frozen=True)
class Finding:
    """code: HW and three digits; its page is `heapwise explain CODE`. file, line, function: where the program
    made it, empty and 0 where that was not recorded. holder: the path that keeps it, in Python's own words.
    evidence: what was seen, in sentences. saving_bytes: what would go. resident_bytes: what
    would go of the resident set, while the heap stays. asked_bytes: the same before the allocators
    rounded up, where it was measured. method: `measured` (on N of your
    objects), or `computed` (from layout, from the recording). confidence: 0 to 1. fix: what to change, in words
    or code. fixable: a change is known that can be made by itself; patch: as a unified diff, where it has been
    made out. subject: the type that it is about, where it is about one. freed: whose bytes the saving is.
    recipe: how the saving is measured. setting: what the program can be run with to try it, as capture/setting.py
    reads it. related: further lines that it is about."""

    code: str
    title: str
    file: str = ""
    line: int = 0
    function: str = ""
    holder: str = ""
    evidence: tuple[str, ...] = field(default=())
    saving_bytes: int = 0
    method: str = "measured"
    confidence: float = 0.5
    fix: str = ""
    fixable: bool = False
    patch: str = ""
    subject: str = ""
    setting: str = ""
    nature: Nature = Nature.SPECIAL
    freed: Freed = field(default_factory=Freed, compare=False, repr=False)
    recipe: Recipe | None = field(default=None, compare=False, repr=False)
    resident_bytes: int = 0
    asked_bytes: int = field(default=0, compare=False, repr=False)
    related: tuple[Related, ...] = field(default=(), compare=False, repr=False)
