"""Instances that are as their class makes them: what they hold are the constants of its `__init__`, and empty
containers."""

from __future__ import annotations

from collections.abc import Collection

from heapwise.analyze.paths import attribute
from heapwise.findings.waste import holders_of
from heapwise.model.snapshot import Snapshot

CONTAINERS = ("dict", "list", "set", "collections.deque", "collections.defaultdict", "collections.OrderedDict",
              "collections.Counter", "tuple", "frozenset")  # fmt: skip
_PLAIN = ("NoneType", "bool")
_SCALARS = ("int", "float", "str", "bytes", "tuple", "frozenset", "complex")


class AsMade:
    """Asked of many instances of a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot, self._constants = snapshot, dict[int, Collection[int]]()
        self._zero = _zero(snapshot)

    def __call__(self, node: int) -> bool:
        """Whether an instance has not been changed since it was made, as far as that is seen; False where nothing
        tells."""
        snapshot = self._snapshot
        row = snapshot.nodes("type")[node]
        if row not in self._constants:
            self._constants[row] = _constants(snapshot, snapshot.type_nodes[row])
        constants, above = self._constants[row], snapshot.nodes("dominator")
        told = False
        for holder in holders_of(snapshot, node):
            for step in snapshot.steps_from(holder):
                if step.kind not in ("attribute", "key"):
                    continue
                kind = snapshot.type_of(step.node)
                if step.node in constants or step.node == self._zero:
                    told |= kind not in _PLAIN
                elif kind in CONTAINERS and is_empty(snapshot, step.node):
                    told |= above[step.node] == holder
                elif kind in _SCALARS:
                    return False
        return told


def _zero(snapshot: Snapshot) -> int | None:
    """The number 0, of which there is one: from 3.14 on, code has it in its instructions, not among its constants."""
    for namespace, name in snapshot.namespaces.items():
        if name == "posix":
            return next((s.node for s in snapshot.steps_from(namespace) if s.name == "F_OK"), None)
    return None


def is_empty(snapshot: Snapshot, node: int) -> bool:
    """Whether nothing is in a container: a builtin one, or an instance of a class whose objects hold references
    alone. What an array holds no reference tells."""
    of_type = snapshot.type_nodes[snapshot.nodes("type")[node]]
    if snapshot.type_of(node) not in CONTAINERS and not snapshot.fact("only_references", of_type):
        return False
    return not any(step.kind not in ("type", "weak") for step in snapshot.steps_from(node))


def _constants(snapshot: Snapshot, of_type: int) -> frozenset[int]:
    """What the `__init__` of a class may give its attributes without making anything, and the class itself has."""
    found = {s.node for s in snapshot.steps_from(of_type)} if of_type else set()
    own = [s.node for s in snapshot.steps_from(of_type) if s.name == "__dict__"] if of_type else []
    found |= {s.node for each in own for s in snapshot.steps_from(each) if s.kind == "key"}
    made_by = attribute(snapshot, of_type, "__init__") if of_type else None
    for code in (s.node for s in snapshot.steps_from(made_by or 0) if s.name == "__code__"):
        for constants in (s.node for s in snapshot.steps_from(code) if s.name == "co_consts"):
            found |= {s.node for s in snapshot.steps_from(constants)}
    return frozenset(found)
