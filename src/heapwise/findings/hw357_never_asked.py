"""HW357: what is loaded is never asked for.

A constructor, or a module as it is imported, loads a lexicon, a model or a table, which only a method reads that this
program never calls: all of it is in memory for nothing.

What to do: load it when it is first asked for: `functools.cached_property` in the place of the attribute, a function
with `functools.cache` in the place of the global. Costs: the first who asks waits. Clean: what any code of the program
reads that may run, or that is reached by names that are made as it runs (`getattr(x, name)`, `vars(x)`, `pickle`);
methods that are decorated, that override those of a library, or that have names that libraries call; what nothing
reads, and is kept for native code.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from heapwise.analyze.line_costs import LineCosts
from heapwise.analyze.program_source import Function, ProgramSource, program_source
from heapwise.analyze.uncalled import uncalled
from heapwise.findings.own_classes import fields_of, is_dataclass, is_own
from heapwise.findings.place import structural
from heapwise.findings.waste import holders_of, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW357"
TITLE = "loaded, and never asked for"
_LEAST_BYTES, _LEAST_SHARE, _MOST_INSTANCES = 1 << 20, 0.05, 50
_SAME = 0.3
"""How far what a line still held at the end may be from what one value keeps, for all of the line to be for that."""


def at_end(snapshot: Snapshot, costs: LineCosts) -> Iterator[Finding]:
    """Attributes of instances of the program's classes that nothing reads that may run."""
    source = program_source(snapshot)
    if snapshot.is_of_peak or not source.is_known or source.reads_all or not source.trees:
        return
    least = max(
        worth_bytes(snapshot, _LEAST_BYTES), _LEAST_SHARE * snapshot.figure("shallow_bytes")
    )
    dead: Collection[Function] | None = None
    for row in snapshot.types:
        if row.objects_count > _MOST_INSTANCES or row.retained_bytes < least:
            continue
        number = snapshot.type_names.index(row.type)
        name = row.type.rpartition(".")[2]
        if not is_own(snapshot, source, number) or any(
            map(is_dataclass, source.classes.get(name, ()))
        ):
            continue
        for node in snapshot.of_type_exactly(row.type):
            for field, size in fields_of(snapshot, node).items():
                if size >= least and field in source.stored:
                    dead = uncalled(source) if dead is None else dead
                    readers = _readers(source, str(field), dead)
                    if readers is not None:
                        yield from _finding(snapshot, costs, (node, str(field)), size, readers)


def _readers(source: ProgramSource, name: str, dead: Collection[Function]) -> list[Function] | None:
    """The functions that read an attribute, none of which is called; None where others may, or where there are none:
    some are kept for what native code does with them."""
    if name in source.named:
        return None
    reads = [
        each for each in source.of(ast.Attribute)
        if each.attr == name and isinstance(each.ctx, ast.Load) and not _is_written_to(source, each)
    ]  # fmt: skip
    found = []
    for each in reads:
        around: ast.AST | None = each
        while around is not None and around not in dead:
            around = source.above(around)
        if around is None:
            return None
        found.append(around)
    return found or None  # type: ignore[return-value]


def _is_written_to(source: ProgramSource, node: ast.Attribute) -> bool:
    """`self.names[key] = value`."""
    above = source.above(node)
    return isinstance(above, ast.Subscript) and isinstance(above.ctx, ast.Store)


def _finding(
    snapshot: Snapshot, costs: LineCosts, where: tuple[int, str], size: int, readers: list[Function]
) -> Iterator[Finding]:
    """where: the instance, and the attribute's name."""
    node, name = where
    values = [
        step.node for holder in holders_of(snapshot, node) for step in snapshot.steps_from(holder)
        if step.kind in ("attribute", "key") and step.name == name
    ]  # fmt: skip
    if not values:
        return
    value = values[0]
    at = snapshot.grown_at(value)
    cost = costs.of(at.file, at.line, at.line) if at is not None else None
    saving, freed = size, Freed(roots=(value,), entirely=True)
    if at is not None and cost is not None:
        stays = costs.stays(at.file, at.line, at.line)
        if abs(stays - size) <= _SAME * size and cost.peak_bytes > stays:
            saving, freed = cost.peak_bytes, Freed(lines={(at.file, at.line): cost.peak_bytes})
    by = ", ".join(dict.fromkeys(f"{each.name}()" for each in readers))
    yield structural(
        snapshot, value, CODE, TITLE, saving_bytes=saving, confidence=0.6, subject=snapshot.type_of(node),
        evidence=[f".{name} is kept, and only {by} reads it, which nothing calls"], freed=freed,
        fix=f"functools.cached_property for {name}: loaded when it is first asked for",
    )  # fmt: skip
