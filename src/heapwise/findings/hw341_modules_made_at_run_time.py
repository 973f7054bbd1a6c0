"""HW341: modules that are made at run time stay in sys.modules.

A script that is loaded under a new name for each job (`rules_17`), a module that is made of a text: `sys.modules` keeps
each with all its globals, until the program ends.

What to do: load a file once, under one name; or `del sys.modules[name]` when the job is done, or put nothing there at
all: `module_from_spec` and `exec_module` do not need it. Costs: nothing. Clean: modules that others import, parts of
packages, modules of different files.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence

from heapwise import units
from heapwise.analyze.paths import attribute
from heapwise.analyze.program_source import program_source
from heapwise.analyze.statement import last_name
from heapwise.analyze.waiting import would_wait
from heapwise.findings.own_source import beside
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import NO_NODE, WEAK
from heapwise.model.snapshot import Snapshot

CODE = "HW341"
TITLE = "modules made at run time stay in sys.modules"
_LEAST_MODULES, _LEAST_OF_NAME, _LEAST_SHARE = 16, 4, 0.1
_VARIES = re.compile(r"(?=[a-f]*[0-9])[0-9a-f]{4,}|[0-9]+")
"""What differs in names that are made: numbers, digests, UUIDs."""
_FILE = "__file__"


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Modules of names that differ by a number, of one file or of none, that nothing else keeps."""
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    source = program_source(snapshot)
    puts = [
        each for each in source.of(ast.Subscript)
        if last_name(each.value) == "modules" and isinstance(each.ctx, ast.Store)
    ]  # fmt: skip
    for name, groups in _alike(snapshot, several_files=bool(puts)).items():
        modules = [module for each in groups for module in each]
        if len(modules) < _LEAST_MODULES or snapshot.retained_of(modules) < least:
            continue
        alone = set(_without_others(snapshot, modules))
        kept = [module for each in groups for module in [m for m in each if m in alone][1:]]
        saving = snapshot.retained_of(kept) if len(alone) >= _LEAST_MODULES else 0
        if saving >= least:
            told = f"{len(alone)} modules {name}, with {units.size(saving)}: nothing but sys.modules keeps them"
            waiting = 0 if _are_of_one_file(snapshot, kept) else _would_wait(snapshot, kept)
            if waiting:
                told += f"; {waiting} would wait for the collector: functions and their globals are rings"
            found = structural(
                snapshot, kept[len(kept) // 2], CODE, TITLE, saving_bytes=saving, evidence=[told],
                fix="load a file once, under one name; or del sys.modules[name] when the job is done",
                confidence=0.8, subject=name, freed=Freed(
                    roots=kept, entirely=True, in_hand_share=waiting / len(kept)
                ),
            )  # fmt: skip
            yield beside(source, found, puts)


def _are_of_one_file(snapshot: Snapshot, modules: Sequence[int]) -> bool:
    """Whether all are made of the same file, which can be loaded once."""
    equal = dict(snapshot.copies)
    files = {attribute(snapshot, each, _FILE) or 0 for each in modules}
    return 0 not in files and len({equal.get(each, each) for each in files}) == 1


def _would_wait(snapshot: Snapshot, modules: Sequence[int]) -> int:
    """How many would wait for the collector if each were taken out when its job is done: functions have its globals."""
    above = snapshot.nodes("dominator")
    globals_of = {above[each]: each for each in snapshot.namespaces}
    return would_wait(snapshot, [globals_of[each] for each in modules])


def _alike(snapshot: Snapshot, *, several_files: bool) -> Mapping[str, Sequence[list[int]]]:
    """Name, `…` for what differs -> the modules of that name, of the same source and with the same globals.
    several_files: each may have a file of its own, where the program itself puts modules into sys.modules; then those
    of several names that have the same globals go together."""
    above, equal = snapshot.nodes("dominator"), dict(snapshot.copies)
    found: dict[tuple[str, int, frozenset[str]], list[int]] = {}
    for namespace, label in snapshot.namespaces.items():
        name = _VARIES.sub("…", label)
        module = above[namespace]
        if name != label and module != NO_NODE and snapshot.type_of(module) == "module":
            file = 0 if several_files else attribute(snapshot, module, _FILE) or 0
            names = frozenset(
                str(s.name) for s in snapshot.steps_from(namespace) if s.kind == "key"
            )
            found.setdefault((name, equal.get(file, file), names), []).append(module)
    if not several_files:
        return {
            name: [sorted(nodes)]
            for (name, _, _), nodes in sorted(found.items(), key=lambda item: len(item[1]))
        }
    together: dict[frozenset[str], dict[str, list[int]]] = {}
    for (name, _, names), nodes in sorted(found.items(), key=lambda item: item[0][:2]):
        if len(nodes) >= _LEAST_OF_NAME:
            together.setdefault(names, {})[name] = sorted(nodes)
    return {", ".join(groups): list(groups.values()) for groups in together.values()}


def _without_others(snapshot: Snapshot, modules: Sequence[int]) -> list[int]:
    """Those that one object alone refers to: sys.modules, and nobody who imports or keeps them."""
    kinds, references = snapshot.edges("kind"), dict.fromkeys(modules, 0)
    for edge, target in enumerate(snapshot.edges("target")):
        if target in references and kinds[edge] != WEAK:
            references[target] += 1
    return [module for module, count in references.items() if count == 1]
