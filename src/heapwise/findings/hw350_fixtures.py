"""HW350: what tests have made stays on their classes.

`setUpClass` puts data on the class, and classes live until the run is over: with the last test of the last class, the
data of all is there. So do attributes that `setUp` gives to a test, as long as something keeps the test (a result with
failures, a list of one's own). A patch that is started and never stopped stays in `mock`'s own list, with what it
replaced and what it put there.

What to do: `tearDownClass` that deletes them, `cls.addClassCleanup(...)`, or `self.addCleanup`; pytest's fixtures with
a scope go by themselves. Costs: nothing. Clean: what is there while the class's tests run.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise import units
from heapwise.analyze.frame_locals import frames
from heapwise.analyze.paths import attribute
from heapwise.findings.own_classes import class_names
from heapwise.findings.place import structural
from heapwise.findings.waste import holders_of, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW350"
TITLE = "what tests have made stays on their classes"
TITLE_OF_CASES = "what tests have made stays on them"
TITLE_OF_PATCHES = "patches that were started are not stopped"
_PATCH, _LEAST_PATCHES = "unittest.mock._patch", 16
_TEST_CASE = "unittest.case.TestCase"
_LEAST_CLASSES, _LEAST_SHARE, _LEAST_BYTES = 2, 0.1, 1024
_CODE = (
    "function",
    "classmethod",
    "staticmethod",
    "property",
    "type",
    "tuple",
    "str",
    "module",
    "method",
)


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """The data of all classes of tests but that of the most, which may be running; and patches that are not stopped."""
    yield from _patches(snapshot)
    if not snapshot.type_rows(_TEST_CASE):
        return
    yield from _cases(snapshot)
    retained = snapshot.nodes("retained_bytes")
    found: dict[int, list[int]] = {}
    in_the_making = _in_the_making(snapshot)
    for row, node in enumerate(snapshot.type_nodes):
        if node and _TEST_CASE in class_names(snapshot, row):
            kept = [
                step.node for holder in holders_of(snapshot, node) for step in snapshot.steps_from(holder)
                if step.kind in ("key", "attribute") and snapshot.type_of(step.node) not in _CODE
            ]  # fmt: skip
            found[node] = kept + in_the_making.get(node, [])
    groups = sorted(found.values(), key=snapshot.retained_of)
    left = [node for kept in groups[:-1] for node in kept if retained[node] >= _LEAST_BYTES]
    size = snapshot.retained_of(left)
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    if len(groups) >= _LEAST_CLASSES and size >= least:
        yield structural(
            snapshot, max(left, key=lambda node: retained[node]), CODE, TITLE, saving_bytes=size, confidence=0.8,
            evidence=[f"{len(groups)} classes of tests keep {len(left)} objects besides those of the last"],
            fix="tearDownClass: del cls.data; or cls.addClassCleanup(...)", freed=Freed(roots=left),
        )  # fmt: skip


def _in_the_making(snapshot: Snapshot) -> dict[int, list[int]]:
    """Class -> what running functions that have it as a local have made and not put anywhere yet."""
    found: dict[int, list[int]] = {}
    for frame in frames(snapshot):
        steps = snapshot.steps_from(frame.node)
        made = [each.node for each in steps if (each.kind, each.name) == ("internal", "stack")]
        for each in steps if made else ():
            if each.kind == "local" and snapshot.type_of(each.node) == "type":
                found.setdefault(each.node, []).extend(
                    node for node in made if snapshot.type_of(node) not in _CODE
                )
    return found


def _cases(snapshot: Snapshot) -> Iterator[Finding]:
    """What tests that something still keeps have of their own, but for the one that has most, which may be running."""
    retained = snapshot.nodes("retained_bytes")
    cases = [
        node for row, kind in enumerate(snapshot.type_names) if _TEST_CASE in class_names(snapshot, row)
        for node in snapshot.of_type_exactly(kind)
    ]  # fmt: skip
    made = [
        [
            step.node for holder in holders_of(snapshot, case) for step in snapshot.steps_from(holder)
            if step.kind in ("key", "attribute") and not str(step.name).startswith("_")
            and retained[step.node] >= _LEAST_BYTES
        ]
        for case in cases
    ]  # fmt: skip
    made = sorted((each for each in made if each), key=snapshot.retained_of)
    left = list(dict.fromkeys(node for each in made[:-1] for node in each))
    size = snapshot.retained_of(left)
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    if len(made) >= _LEAST_PATCHES and size >= least:
        yield structural(
            snapshot, left[len(left) // 2], CODE, TITLE_OF_CASES, saving_bytes=size, confidence=0.8,
            evidence=[f"{len(made)} tests that are kept, as a result keeps those that failed, have {units.size(size)}"],
            fix="tearDown: del self.data; or self.addCleanup(...)", freed=Freed(roots=left, entirely=True),
        )  # fmt: skip


def _patches(snapshot: Snapshot) -> Iterator[Finding]:
    """Patches that `mock` knows to be active: each keeps what it replaced, and what stands there now."""
    nodes = _active_patches(snapshot)
    size = snapshot.retained_of(nodes)
    if len(nodes) >= _LEAST_PATCHES and size >= max(
        worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes")
    ):
        yield structural(
            snapshot, nodes[len(nodes) // 2], CODE, TITLE_OF_PATCHES, saving_bytes=size, confidence=0.8,
            evidence=[f"{len(nodes)} patches keep {units.size(size)} of what they replaced and put in its place"],
            fix="patcher.stop() in tearDown, self.addCleanup(patcher.stop), or `with mock.patch(...)`",
            freed=Freed(roots=nodes),
        )  # fmt: skip


def _active_patches(snapshot: Snapshot) -> list[int]:
    """Those in the list of mock's class: decorators have patchers, too, which are started for each call."""
    for name, node in zip(snapshot.type_names, snapshot.type_nodes, strict=True):
        active = attribute(snapshot, node, "_active_patches") if name == _PATCH and node else None
        if active is not None:
            return [
                step.node
                for step in snapshot.steps_from(active)
                if snapshot.type_of(step.node) == _PATCH
            ]
    return []
