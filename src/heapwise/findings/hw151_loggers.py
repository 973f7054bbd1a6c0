"""HW151: loggers or handlers are made and never dropped.

`logging.getLogger(name)` keeps a logger for every name for ever; a handler that is added at each call stays on its
logger, and writes every line once more.

What to do: one logger a module; what changes goes into the message, a `LoggerAdapter` or a filter. Add handlers
once. Clean: a closed set of names.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.analyze.paths import attribute
from heapwise.findings.place import Place, structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW151"
TITLE = "loggers or handlers are made and never dropped"
_MANY = 2000
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
    """More loggers than a program has modules."""
    loggers = list(snapshot.of_type_exactly("logging.Logger"))
    if len(loggers) < _MANY:
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
