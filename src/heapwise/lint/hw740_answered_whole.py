"""HW740: an answer of a web application is made whole before its first byte is sent.

`writer = csv.writer(response)` and a row after the other, `HttpResponse("".join(lines))`,
`Response(buffer.getvalue())`, `JsonResponse([... for row in rows])`: all that the client will read is in memory, often
as text and as bytes.

What to do: give a generator of parts: `StreamingHttpResponse(rows)` of Django, `Response(rows)` of Flask and Werkzeug,
`StreamingResponse(rows)` of Starlette; a `csv.writer` of an object whose `write` returns what it is given makes a line
at a time. A file itself: `FileResponse`, `send_file`. Costs: an error in the middle comes after the status; no length
is sent. Said only where a recording tells how much it is. Clean: answers whose length is told, or that are kept in a
cache or looked at; what streams already.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.filled import Filled, filled_body, filled_object, is_handed_on
from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import Source, keyword

CODE = "HW740"
TITLE = "an answer made whole before it is sent"
SIZED = True
NEEDS = ("Response", "make_response")
_FLASK, _STARLETTE = "Response(generator)", "StreamingResponse(generator)"
_DJANGO, _AIOHTTP = (
    "StreamingHttpResponse(generator)",
    "web.StreamResponse, and write(...) of each part",
)
_WHOLE = {
    "django.http.HttpResponse": _DJANGO, "django.http.response.HttpResponse": _DJANGO,
    "django.http.JsonResponse": _DJANGO, "django.http.response.JsonResponse": _DJANGO,
    "flask.Response": _FLASK, "flask.make_response": _FLASK, "flask.wrappers.Response": _FLASK,
    "quart.Response": _FLASK, "quart.make_response": _FLASK,
    "werkzeug.Response": _FLASK, "werkzeug.wrappers.Response": _FLASK,
    "aiohttp.web.Response": _AIOHTTP,
} | {
    f"{module}.{name}": _STARLETTE
    for module in ("fastapi", "fastapi.responses", "starlette.responses")
    for name in ("Response", "PlainTextResponse", "HTMLResponse", "JSONResponse", "ORJSONResponse")
}  # fmt: skip
_STREAMS = {
    "django.http.StreamingHttpResponse": _DJANGO, "fastapi.responses.StreamingResponse": _STARLETTE,
    "starlette.responses.StreamingResponse": _STARLETTE, "flask.Response": _FLASK,
    "werkzeug.wrappers.Response": _FLASK,
}  # fmt: skip
_BODIES = ("content", "response", "body", "text", "data", "streaming_content")
_OF_CACHES = ("cache", "etag", "condition", "last_modified")


def look(source: Source) -> Iterator[Hit]:
    """Responses that are filled in a loop, or given what one made."""
    for call in source.of(ast.Call):
        name = source.dotted(call.func)
        fix = _WHOLE.get(name) or _STREAMS.get(name)
        if not fix or _is_cached(source, call) or _tells_length(call):
            continue
        found = _made(source, call, name)
        if found is None or not found.lines or not is_handed_on(source, call):
            continue
        own = set(range(call.lineno, (call.end_lineno or call.lineno) + 1))
        yield hit(
            source, call, CODE, TITLE, f"{shown(call)} has all of the answer in memory before the first part is sent",
            saves=Saves.WHOLE, fix=found.fix or fix, also=tuple(sorted(found.lines - own)),
            bodies=tuple((line, line) for line in sorted(found.lines)),
        )  # fmt: skip


def _made(source: Source, call: ast.Call, name: str) -> Filled | None:
    body = (
        call.args[0] if call.args else next((v for n in _BODIES if (v := keyword(call, n))), None)
    )
    if name in _STREAMS and body is not None and name not in _WHOLE:
        body = _one_part(source, body)
        return filled_body(source, body) if body is not None else None
    if body is not None and not isinstance(body, ast.Constant):
        body = _one_part(source, body) or body
        as_json = name.rpartition(".")[2].lower().endswith("jsonresponse")
        return filled_body(source, body, as_json=as_json)
    return (
        filled_object(source, call) if name.startswith(("django.", "flask.", "werkzeug.")) else None
    )


def _one_part(source: Source, body: ast.expr) -> ast.expr | None:
    """The only part of what is streamed as one: `[text]`, `iter([text])`, `io.StringIO(text)`."""
    while True:
        inner: ast.expr | None = None
        name = source.called(body)
        if isinstance(body, ast.Call) and len(body.args) == 1:
            if name in ("iter", "io.StringIO", "io.BytesIO"):
                inner = body.args[0]
                if name != "iter":
                    return inner
        elif isinstance(body, (ast.List, ast.Tuple)) and len(body.elts) == 1:
            return body.elts[0]
        if inner is None:
            return None
        body = inner


def _is_cached(source: Source, call: ast.Call) -> bool:
    """Whether the view that makes an answer says that it is kept, or compared with what the client has."""
    function = source.function(call)
    decorators = [ast.unparse(each).lower() for each in function.decorator_list] if function else []
    return any(word in each for each in decorators for word in _OF_CACHES)


def _tells_length(call: ast.Call) -> bool:
    headers = keyword(call, "headers")
    return headers is not None and "content-length" in ast.unparse(headers).lower()
