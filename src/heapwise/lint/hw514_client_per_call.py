"""HW514: a client is built for each request, or at each turn of a loop.

Sessions, engines and clients own pools, parsed models and compiled statements: 25 MiB for each of boto3's, 40 KiB for
an engine of SQLAlchemy; they live on in the background.

What to do: make one, share it, close it at the end. Costs: who shares it must not close it. Clean: one for the program;
`with` in a loop.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, hit
from heapwise.lint.source import Source

CODE = "HW514"
TITLE = "a client for each call"
CLIENTS = {
    "boto3.client", "boto3.resource", "boto3.Session", "boto3.session.Session", "sqlalchemy.create_engine",
    "sqlalchemy.ext.asyncio.create_async_engine", "requests.Session", "requests.session", "httpx.Client",
    "httpx.AsyncClient", "aiohttp.ClientSession", "pydantic.TypeAdapter", "jinja2.Environment",
    "redis.Redis", "redis.asyncio.Redis", "pymongo.MongoClient", "openai.OpenAI", "openai.AsyncOpenAI",
    "elasticsearch.Elasticsearch", "grpc.insecure_channel", "google.cloud.storage.Client",
}  # fmt: skip
_ROUTES = {
    "get",
    "post",
    "put",
    "delete",
    "patch",
    "route",
    "websocket",
    "task",
    "endpoint",
    "api_view",
}


def look(source: Source) -> Iterator[Hit]:
    """Clients in loops and in the handlers of requests, outside of `with`."""
    if not any(name.split(".")[0] in source.text for name in CLIENTS):
        return
    for call in source.of(ast.Call):
        name = source.dotted(call.func)
        if name not in CLIENTS or isinstance(source.parent(call), ast.withitem):
            continue
        function = source.function(call)
        served = function is not None and any(
            (isinstance(d, ast.Call) and isinstance(d.func, ast.Attribute) and d.func.attr in _ROUTES)
            or (isinstance(d, ast.Attribute) and d.attr in _ROUTES)
            for d in function.decorator_list
        )  # fmt: skip
        if served or source.loop(call) is not None:
            when = "request" if served else "turn of the loop"
            yield hit(
                source, call, CODE, TITLE, f"{name} is made at each {when}",
                fix="make it once, share it, close it at the end",
            )  # fmt: skip
