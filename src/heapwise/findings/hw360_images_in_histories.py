"""HW360: the history of a conversation keeps every image.

An agent puts a screenshot into its list of messages at each step, as base64: a third larger than the file. All of them
are kept, and sent again with each call, though the model needs the last few.

What to do: replace images but for the last few by a short text (`{"type": "text", "text": "[screenshot removed]"}`),
or keep them in files and put them in when a request is made. Costs: the model no longer sees the old ones. Clean:
histories of texts; those with a few images.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heapwise import units
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW360"
TITLE = "a history of messages keeps every image"
_DATA = frozenset((
    "url", "image_url", "data", "image", "images", "b64_json", "bytes", "audio", "input_audio", "file_data",
    "screenshot",
))  # fmt: skip
"""Keys under which the formats of providers have what is no text."""
_KINDS = ("str", "bytes", "bytearray")
_LEAST_IMAGES, _LEAST_SHARE, _LEAST_BYTES, _KEPT, _DEPTH = 16, 0.2, 16 << 10, 3, 6


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Lists of messages that keep a good part of the heap."""
    retained, counts = snapshot.nodes("retained_bytes"), snapshot.nodes("edges_count")
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    dicts = set(snapshot.of_type_exactly("dict"))
    for node in (
        each for kind in ("list", "collections.deque") for each in snapshot.of_type_exactly(kind)
    ):
        if retained[node] < least or counts[node] < _LEAST_IMAGES:
            continue
        messages = (step.node for step in snapshot.steps_from(node) if step.node in dicts)
        images = [each for message in messages for each in _images(snapshot, message)][:-_KEPT]
        size = sum(retained[each] for each in images)
        if len(images) >= _LEAST_IMAGES and size >= least:
            told = f"{len(images)} images but for the last {_KEPT} take {units.size(size)} in a list of messages"
            yield structural(
                snapshot, images[0], CODE, TITLE, saving_bytes=size, confidence=0.6, evidence=[told],
                fix="replace all but the last few by a short text before the next is added",
                freed=Freed(nodes=images),
            )  # fmt: skip


def _images(snapshot: Snapshot, message: int) -> Sequence[int]:
    """The large values in a message, which is a dict with a role, under the keys of what is no text."""
    fields = snapshot.steps_from(message)
    if not any(step.name == "role" for step in fields):
        return []
    found, waiting = [], [(step, _DEPTH) for step in fields]
    while waiting:
        step, depth = waiting.pop()
        kind = snapshot.type_of(step.node)
        if kind in _KINDS and snapshot.nodes("size_bytes")[step.node] >= _LEAST_BYTES:
            if step.name in _DATA or step.kind == "index":
                found.append(step.node)
        elif kind in ("dict", "list") and depth:
            inner = snapshot.steps_from(step.node)
            listed = kind == "list" and step.name not in _DATA
            waiting += [
                (each, depth - 1)
                for each in inner
                if not (listed and snapshot.type_of(each.node) in _KINDS)
            ]
    return found
