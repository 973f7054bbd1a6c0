"""HW368: requests that have been answered are kept.

A request has its body, what was parsed of it, its files, the environment of its server, and in some frameworks its
session and its user. An audit trail, a history or a list of slow calls that keeps the request keeps all of that.

What to do: keep what is shown of it: `(request.method, request.path, status)`. Costs: nothing. Clean: requests that are
being answered; a few for a page of a debugger.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise import units
from heapwise.findings.place import structural
from heapwise.findings.waste import in_use, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW368"
TITLE = "requests that have been answered are kept"
_REQUESTS = (
    "flask.wrappers.Request", "werkzeug.wrappers.request.Request", "django.core.handlers.wsgi.WSGIRequest",
    "django.core.handlers.asgi.ASGIRequest", "rest_framework.request.Request", "starlette.requests.Request",
    "aiohttp.web_request.Request", "tornado.httputil.HTTPServerRequest", "falcon.request.Request",
    "bottle.LocalRequest", "webob.request.BaseRequest", "pyramid.request.Request", "sanic.request.types.Request",
)  # fmt: skip
_CONTAINERS = frozenset(("list", "dict", "set", "collections.deque", "collections.OrderedDict"))
_LEAST_REQUESTS, _MOST_STEPS = 16, 4


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Requests of web servers that one container keeps: those that are being answered are kept by frames."""
    least = worth_bytes(snapshot)
    groups: dict[int, list[int]] = {}
    for name in _REQUESTS:
        for node in in_use(snapshot, snapshot.of_type_exactly(name)):
            if container := _container_of(snapshot, node):
                groups.setdefault(container, []).append(node)
    for requests in groups.values():
        saving = snapshot.retained_of(requests)
        if len(requests) >= _LEAST_REQUESTS and saving >= least:
            yield structural(
                snapshot, requests[len(requests) // 2], CODE, TITLE, saving_bytes=saving, confidence=0.8,
                fix="keep what is shown of them: (request.method, request.path, status)",
                evidence=[f"{len(requests)} requests keep {units.size(saving)} that nothing else keeps"],
                freed=Freed(roots=requests),
            )  # fmt: skip


def _container_of(snapshot: Snapshot, node: int) -> int:
    """The container that alone keeps an object, at a few steps; 0: none does."""
    above = snapshot.nodes("dominator")
    for _ in range(_MOST_STEPS):
        node = above[node]
        kind = snapshot.type_of(node) if node < len(snapshot) else ""
        if kind in _CONTAINERS:
            return node
        if kind.startswith("<") or not kind:
            return 0
    return 0
