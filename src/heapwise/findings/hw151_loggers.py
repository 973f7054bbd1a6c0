"""HW151: loggers or handlers are made and never dropped.

`logging.getLogger(name)` keeps a logger for every name for ever; a handler that is added at each call stays on its
logger, and writes every line once more: each keeps all that was logged since.

What to do: one logger a module; what changes goes into the message, a `LoggerAdapter` or a filter. Add handlers once,
or `logger.removeHandler(handler)` when the job is done. Costs: the name of a logger tells the module, and no longer the
thing. Clean: a closed set of names; handlers that the program keeps, or that a filter or a level of their own tells
apart.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from heapwise import units
from heapwise.analyze.paths import attribute
from heapwise.analyze.program_source import program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.own_source import beside
from heapwise.findings.place import Place, structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW151"
TITLE = "loggers or handlers are made and never dropped"
_MANY, _MANY_WITH_HANDLERS = 2000, 100
_MANY_HANDLERS, _LEAST_SHARE = 8, 0.1
_LOGGERS = ("logging.Logger", "logging.RootLogger")
_TABLES = (("logging.Manager", "loggerDict"), ("logging.PlaceHolder", "loggerMap"))


def at(place: Place) -> Finding | None:
    """The table of loggers, or handlers on a logger."""
    loggers = place.count("logging.Logger")
    handlers = sum(
        count for name, (count, _) in place.suspect.types.items()
        if name.endswith("Handler") and name.startswith("logging")
    )  # fmt: skip
    of_logging = "logging.Manager" in place.path_types or "logging.Logger" in place.path_types
    if loggers + handlers < 3 or not (of_logging or loggers + handlers >= 5):
        return None
    told = [f"{loggers} loggers and {handlers} handlers are new"]
    fix = "one logger a module (LoggerAdapter for what changes); add handlers once"
    return place.finding(CODE, TITLE, confidence=0.95, fix=fix, evidence=told)


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """More loggers than a program has modules, more handlers than a logger writes to."""
    yield from _many_loggers(snapshot)
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    for logger in (node for kind in _LOGGERS for node in snapshot.of_type_exactly(kind)):
        handlers = attribute(snapshot, logger, "handlers")
        for kind, alike in _alike(snapshot, handlers).items() if handlers is not None else ():
            saving = snapshot.retained_of(alike)
            if len(alike) >= _MANY_HANDLERS and saving >= least:
                told = f"{len(alike)} {kind} on one logger, with {units.size(saving)}: each gets every record"
                found = structural(
                    snapshot, alike[len(alike) // 2], CODE, f"{TITLE}: {kind}", saving_bytes=saving, confidence=0.8,
                    fix="logger.removeHandler(handler) when the job is done, in a finally; or one handler, added once",
                    evidence=[told], subject=kind, freed=Freed(roots=alike, entirely=True),
                )  # fmt: skip
                source = program_source(snapshot)
                adds = [
                    each for each in source.of(ast.Call) if last_name(each.func) == "addHandler"
                ]
                yield beside(source, found, adds)


def _alike(snapshot: Snapshot, handlers: int) -> Mapping[str, list[int]]:
    """Class -> the handlers that nothing but the list keeps, and nothing but the logger sorts records for."""
    above = snapshot.nodes("dominator")
    found: dict[tuple[str, int | None], list[int]] = {}
    for step in snapshot.steps_from(handlers):
        filters = attribute(snapshot, step.node, "filters")
        filtered = filters is not None and any(
            s.kind == "index" for s in snapshot.steps_from(filters)
        )
        if step.kind == "index" and above[step.node] == handlers and not filtered:
            level = attribute(snapshot, step.node, "level")
            found.setdefault((snapshot.type_of(step.node), level), []).append(step.node)
    return {
        kind: nodes for (kind, _), nodes in sorted(found.items(), key=lambda item: len(item[1]))
    }


def _many_loggers(snapshot: Snapshot) -> Iterator[Finding]:
    loggers = list(snapshot.of_type_exactly("logging.Logger"))
    if len(loggers) < _MANY:
        yield from _with_handlers(snapshot, loggers)
        return
    tables = {
        attribute(snapshot, node, table)
        for owner, table in _TABLES
        for node in snapshot.of_type_exactly(owner)
    }
    saving = snapshot.retained_of([*loggers, *(node for node in tables if node is not None)])
    if saving >= worth_bytes(snapshot):
        yield structural(
            snapshot, loggers[-1], CODE, TITLE, saving_bytes=saving, confidence=0.8, freed=Freed(roots=loggers),
            fix="one logger a module (LoggerAdapter for what changes)",
            evidence=[f"{len(loggers)} loggers, which logging keeps for ever"],
        )  # fmt: skip


def _with_handlers(snapshot: Snapshot, loggers: Sequence[int]) -> Iterator[Finding]:
    """Fewer loggers, each with a handler of its own, which keeps a file, or what was written."""
    own = [
        node for node in loggers
        if (handlers := attribute(snapshot, node, "handlers")) is not None and snapshot.steps_from(handlers)
    ]  # fmt: skip
    saving = snapshot.retained_of(own)
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    if len(own) >= _MANY_WITH_HANDLERS and saving >= least:
        yield structural(
            snapshot, own[-1], CODE, TITLE, saving_bytes=saving, confidence=0.8, freed=Freed(roots=own, entirely=True),
            fix="one logger, with a handler for the time of the job: removeHandler and close in a finally",
            evidence=[f"{len(own)} loggers with handlers of their own, which logging keeps for ever"],
        )  # fmt: skip
