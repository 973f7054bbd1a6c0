"""Which stacks go by a line: the index against a walk up each stack."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from heapwise.analyze.passing import Passing
from heapwise.model.tables import Frame

FRAMES = [
    Frame(f"{owner}.{name}", file, line)
    for file in ("<a>", "<b>") for owner, name in (("A", "run"), ("B", "step")) for line in (1, 2)
]  # fmt: skip


@st.composite
def recordings(draw: st.DrawFn) -> Any:
    """Trees of stacks, and sites below them."""
    frames = st.integers(0, len(FRAMES) - 1)
    count = draw(st.integers(1, 12))
    parents = [0, *(draw(st.integers(0, node - 1)) for node in range(1, count))]
    sites = draw(st.lists(st.tuples(frames, st.integers(0, count - 1)), max_size=12))
    return SimpleNamespace(
        frames=FRAMES, node_parents=parents,
        node_frames=[-1, *(draw(frames) for _ in range(1, count))],
        site_frames=[frame for frame, _ in sites], site_parents=[parent for _, parent in sites],
    )  # fmt: skip


def stack(recording: Any, site: int) -> list[int]:
    """The frames above a site and its own, the outermost first."""
    frames, node = [recording.site_frames[site]], recording.site_parents[site]
    while node:
        frames.insert(0, recording.node_frames[node])
        node = recording.node_parents[node]
    return frames


def counts(frames: list[int], here: list[int], left_out: set[int]) -> bool:
    """Whether a stack goes by `here`, and then by none that is left out."""
    last = max((at for at, frame in enumerate(frames) if frame in here), default=len(frames))
    return last < len(frames) and not left_out & set(frames[last + 1 :])


@given(recordings(), st.sampled_from(["<a>", "<b>"]), st.integers(1, 2), st.booleans())
def test_sites_below_are_those_whose_stacks_go_by(
    recording: Any, file: str, line: int, without: bool
) -> None:
    passing = Passing(recording)
    here = [at for at, frame in enumerate(FRAMES) if (frame.file, frame.line) == (file, line)]
    assert passing.frames_at(file, line, line) == here
    left_out = {at for at, frame in enumerate(FRAMES) if without and frame.function == "B.step"}
    expected = [
        site for site in range(len(recording.site_frames))
        if counts(stack(recording, site), here, left_out)
    ]  # fmt: skip
    assert passing.sites_below(here, without=["step"] if without else []) == expected


@given(recordings(), st.sets(st.integers(0, 7)), st.sets(st.integers(0, 7)))
def test_one_leads_to_others_where_a_stack_has_them_later(
    recording: Any, here: set[int], there: set[int]
) -> None:
    nodes = [*recording.node_frames[1:]]
    whole = SimpleNamespace(**vars(recording))
    whole.site_frames = [*recording.site_frames, *nodes]
    whole.site_parents = [*recording.site_parents, *recording.node_parents[1:]]
    expected = any(
        first in here and there & set(frames[at + 1 :])
        for frames in (stack(whole, site) for site in range(len(whole.site_frames)))
        for at, first in enumerate(frames)
    )
    assert Passing(recording).leads_to(here, there) is expected
