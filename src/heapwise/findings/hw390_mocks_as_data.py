"""HW390: mocks stand in for data.

Every `unittest.mock.Mock(...)` makes a class of its own, and dicts for what it may be asked: 5 KB each, and another 5
for each attribute that is only looked at.

What to do: `types.SimpleNamespace(id=1, price=9.5)`, a small class, or the real one; mocks for what is called. Costs:
a stand-in records no calls. Clean: some dozens of mocks; programs that ask for calls (`assert_called_with`,
`call_count`).
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise import units
from heapwise.analyze.program_source import program_source
from heapwise.findings.own_source import attributes_named
from heapwise.findings.place import structural
from heapwise.findings.waste import in_use, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW390"
TITLE = "mocks stand in for data"
_MOCKS = (
    "unittest.mock.Mock", "unittest.mock.MagicMock", "unittest.mock.NonCallableMock",
    "unittest.mock.NonCallableMagicMock", "unittest.mock.AsyncMock",
)  # fmt: skip
_MANY, _LEAST_SHARE = 200, 0.1
_OF_CALLS = {
    "called",
    "call_count",
    "call_args",
    "call_args_list",
    "mock_calls",
    "method_calls",
    "side_effect",
}
_ASSERTS = {
    "assert_called", "assert_called_once", "assert_called_with", "assert_called_once_with", "assert_any_call",
    "assert_has_calls", "assert_not_called", "assert_awaited",
}  # fmt: skip
_STAND_IN_BYTES = 240
"""A SimpleNamespace with its dict, of up to five names."""


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Many mocks, with the classes that they alone have."""
    nodes = in_use(snapshot, (node for name in _MOCKS for node in snapshot.of_type_exactly(name)))
    if len(nodes) < _MANY or _asks_for_calls(snapshot):
        return
    above, types = snapshot.nodes("dominator"), snapshot.nodes("type")
    mocks = set(nodes)
    first = [node for node in nodes if above[node] not in mocks]
    saving = snapshot.retained_of(nodes) - _STAND_IN_BYTES * len(first)
    if saving >= max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes")):
        at = first[len(first) // 2] if first else nodes[0]
        yield structural(
            snapshot, at, CODE, TITLE, saving_bytes=saving, confidence=0.7,
            evidence=[f"{len(nodes)} mocks keep {units.size(saving)} more than stand-ins would: each has a class of "
                      "its own"],
            fix="types.SimpleNamespace(...), a small class, or the real one",
            subject=snapshot.type_names[types[at]], freed=Freed(roots=nodes),
        )  # fmt: skip


def _asks_for_calls(snapshot: Snapshot) -> bool:
    """Whether the program asks its mocks what they were called with."""
    named = attributes_named(program_source(snapshot))
    return bool(named & (_OF_CALLS | _ASSERTS))
