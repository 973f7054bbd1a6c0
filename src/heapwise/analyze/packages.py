"""Which packages does a program need? Told from what the namespaces of their modules refer to."""

from __future__ import annotations

from collections.abc import Collection

from heapwise.model.snapshot import Snapshot


def reached(snapshot: Snapshot, roots: Collection[str], without: Collection[str]) -> set[str]:
    """The packages (first names of modules) that some others refer to, directly or through further ones: modules,
    classes and functions in the namespaces of their modules. without: packages that are not gone through."""
    refers: dict[str, set[str]] = {}
    for namespace, module in snapshot.namespaces.items():
        found = refers.setdefault(_package(module), set())
        found |= {_package(snapshot.labels.get(s.node, "")) for s in snapshot.steps_from(namespace)}
    seen: set[str] = set()
    waiting = [each for each in roots if each not in without]
    while waiting:
        for each in refers.get(waiting.pop(), set()) - seen:
            seen.add(each)
            if each not in without:
                waiting.append(each)
    return seen


def _package(name: str) -> str:
    return name.partition(".")[0]
