"""HW418: answers of HTTP requests are kept, and nothing reads their bodies.

`self.visits[address] = client.get(address)` keeps the whole body of each answer, with its headers, its request and what
came before it, for a `status_code` that is looked at later.

What to do: keep what is looked at, `client.get(address).status_code`; where the body is not wanted at all,
`client.head` or `stream=True`. Costs: what was left out must be asked for again. Clean: answers whose `content`, `text`
or `json()` the program reads anywhere, and programs that read attributes by names that the source does not tell.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise import units
from heapwise.analyze.collector_waits import without_waiting
from heapwise.analyze.program_source import program_source
from heapwise.findings.own_source import attributes_named
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW418"
TITLE = "answers that are kept whole"
_ANSWERS = (
    "requests.models.Response", "httpx.Response", "httpx._models.Response", "aiohttp.client_reqrep.ClientResponse",
)  # fmt: skip
_BODIES = frozenset((
    "content", "text", "json", "raw", "iter_content", "iter_lines", "iter_bytes", "iter_text", "iter_raw",
    "aiter_bytes",
    "aiter_lines", "aiter_text", "aiter_raw", "aread", "read", "iter_chunked", "iter_any", "readline",
))  # fmt: skip
_LEAST_ANSWERS = 16


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Answers that stay, in a program that asks none for its body."""
    source = program_source(snapshot)
    if not source.is_known or source.reads_any_name or attributes_named(source) & _BODIES:
        return
    for kind in _ANSWERS:
        answers = snapshot.of_type_exactly(kind)
        if len(answers) < _LEAST_ANSWERS:
            continue
        saving = snapshot.retained_of(answers)
        if saving < worth_bytes(snapshot):
            continue
        told = f"{len(answers)} {kind} keep {units.size(saving)}; the program reads none of their bodies"
        found = structural(
            snapshot, answers[len(answers) // 2], CODE, TITLE, saving_bytes=saving, evidence=[told], confidence=0.7,
            fix="keep what is looked at: answer.status_code, answer.url", freed=Freed(roots=answers, entirely=True),
        )  # fmt: skip
        yield without_waiting(found, snapshot, answers)
