"""Contents of files that are read whole to be hashed, packed, encoded or archived, block by block as well."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from heapwise.lint.flow import open_mode
from heapwise.lint.source import Source, keyword
from heapwise.lint.texts import is_read_of_path, made_by
from heapwise.lint.uses import single_uses

NEEDS = ("read(", "read_bytes()")
_HASHES = {
    f"hashlib.{name}"
    for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake2b", "blake2s")
}
_AS_TEXT = "base64.b64encode"
_PACKS = {
    "gzip.compress": "shutil.copyfileobj(file, gzip.open(path, 'wb'))",
    "bz2.compress": "shutil.copyfileobj(file, bz2.open(path, 'wb'))",
    "lzma.compress": "shutil.copyfileobj(file, lzma.open(path, 'wb'))",
    _AS_TEXT: "blocks of a multiple of 3 bytes: base64.b64encode(file.read(3 << 16))",
}  # fmt: skip
_IN_DOCUMENT = "a generator for the body: the document up to there, base64 of blocks of 3 << 16 bytes, and its end"
_WRAPPED, _MOST_STEPS = ("decode", "encode"), 8
_LOADS = {
    f"{module}.loads": f"{module}.load(file)"
    for module in ("pickle", "marshal", "dill", "cloudpickle")
}
_SENDS = {"sendall": "sock.sendfile(file)", "send_bytes": "blocks of it"}
_ANSWERS = {
    "django.http.HttpResponse": "django.http.FileResponse(file)", "flask.Response": "flask.send_file(path)",
    "fastapi.Response": "FileResponse(path)", "fastapi.responses.Response": "FileResponse(path)",
    "starlette.responses.Response": "FileResponse(path)", "aiohttp.web.Response": "aiohttp.web.FileResponse(path)",
}  # fmt: skip
_RUNS = {f"subprocess.{name}" for name in ("run", "check_output", "check_call", "call")}
_BUFFERS = {"io.BytesIO", "io.StringIO"}
_READERS = ("zipfile.", "tarfile.", "PIL.", "numpy.", "pandas.", "csv.", "gzip.", "bz2.", "lzma.", "json.", "pickle.",
            "lxml.", "xml.", "pyarrow.", "openpyxl.", "wave.", "soundfile.", "h5py.", "polars.")  # fmt: skip
_ARCHIVE = "zipfile.ZipFile"


class Content(NamedTuple):
    """call: what is given the whole content. lines: where it is read, and written. fix: what to do instead."""

    call: ast.Call
    lines: tuple[int, ...]
    fix: str


def whole_contents(source: Source) -> Iterator[Content]:
    """Those of a file; but for `file.read()` that stands within a hash, or a write, itself."""
    for read in source.of(ast.Call):
        kind = _kind(source, read)
        uses = single_uses(source, read) if kind else None
        if uses is None or len(uses) != 1:
            continue
        place = uses[0].place
        above = source.parent(place)
        call = source.parent(above) if isinstance(above, ast.keyword) else above
        if not isinstance(call, ast.Call):
            continue
        lines = {read.lineno, place.lineno}
        fix = _instead(source, call, place, kind, lines)
        if fix and not (
            kind == "file"
            and place is read
            and fix.startswith(("hashlib", "shutil.copyfileobj(file, out"))
        ):
            yield Content(call, tuple(sorted(lines - {call.lineno})), fix)


def _kind(source: Source, read: ast.Call) -> str:
    """`file`, `path` or `member`, of what a call reads whole in bytes; empty of others."""
    method = read.func
    if not isinstance(method, ast.Attribute):
        return ""
    if method.attr == "read_bytes":
        return "path" if is_read_of_path(source, read) else ""
    if method.attr != "read" or read.keywords:
        return ""
    made = made_by(source, method.value)
    if read.args:
        of_archive = bool(made) and all(source.called(each) == _ARCHIVE for each in made)
        return "member" if of_archive and len(read.args) == 1 else ""
    modes = [open_mode(source, each) for each in made]
    if not modes or None in modes:
        return ""
    return "file" if all("b" in (each or "") for each in modes) else "text"


def _instead(source: Source, call: ast.Call, place: ast.expr, kind: str, lines: set[int]) -> str:
    """What does it block by block; empty where the whole is needed. lines: of where it is written, to be filled."""
    name = source.dotted(call.func)
    method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    first = call.args[:1] == [place] and len(call.args) == 1
    if name in _BUFFERS and first and kind != "member":
        return "the open file itself" if _is_read(source, call, lines) else ""
    if kind == "text":
        return ""
    if name in _LOADS and first:
        return _LOADS[name]
    if name in _ANSWERS and (call.args[:1] == [place] or keyword(call, "content") is place):
        return _ANSWERS[name] if kind != "member" else ""
    if name in _RUNS and keyword(call, "input") is place:
        return "stdin=file" if kind != "member" else ""
    if method in _SENDS and first and method not in source.functions_named:
        return _SENDS[method]
    if name in _HASHES and first:
        return f'hashlib.file_digest(file, "{name.rpartition(".")[2]}")'
    if name in _PACKS and first:
        written = _written_at(source, call)
        lines |= {written} if written else set()
        if not written and name == _AS_TEXT:
            return _IN_DOCUMENT if _is_in_document(source, call, lines) else ""
        return _PACKS[name] if written else ""
    if method == "writestr" and call.args[1:2] == [place] and len(call.args) == 2:
        return "archive.write(path, name), or archive.open(name, 'w') and shutil.copyfileobj"
    if method == "write" and first and kind == "member":
        return "shutil.copyfileobj(archive.open(name), out)"
    return ""


def _is_in_document(source: Source, made: ast.expr, lines: set[int]) -> bool:
    """Whether a text of base64 is decoded, put into a document, and that made a text of JSON, as nothing else is done
    with it. lines: of these steps, to be filled."""
    node, steps, is_dumped = made, set[int](), False
    for _ in range(_MOST_STEPS):
        uses = single_uses(source, node)
        if uses is None or len(uses) != 1:
            break
        place = uses[0].place
        above = source.parent(place)
        call = source.parent(above) if isinstance(above, (ast.Attribute, ast.keyword)) else above
        if isinstance(above, ast.Dict):
            node = above
        elif (
            isinstance(above, ast.Attribute)
            and isinstance(call, ast.Call)
            and above.attr in _WRAPPED
        ):
            node = call
        elif isinstance(call, ast.Call) and source.dotted(call.func) in ("json.dumps", "dict"):
            node, is_dumped = call, source.dotted(call.func) == "json.dumps" or is_dumped
        else:
            break
        steps |= {place.lineno, node.lineno}
    lines |= steps if is_dumped else set()
    return is_dumped


def _is_read(source: Source, made: ast.Call, lines: set[int]) -> bool:
    """Whether a buffer is given to a library that reads files, and to nothing else. lines: of that, to be filled."""
    uses = single_uses(source, made)
    if uses is None or len(uses) != 1:
        return False
    above = source.parent(uses[0].place)
    call = source.parent(above) if isinstance(above, ast.keyword) else above
    if not isinstance(call, ast.Call) or not source.dotted(call.func).startswith(_READERS):
        return False
    lines.add(uses[0].place.lineno)
    return True


def _written_at(source: Source, made: ast.Call) -> int:
    """The line that writes to a file what a call makes; 0 where it is used otherwise."""
    uses = single_uses(source, made)
    if uses is None or len(uses) != 1:
        return 0
    call = source.parent(uses[0].place)
    method = call.func if isinstance(call, ast.Call) and call.args == [uses[0].place] else None
    is_write = isinstance(method, ast.Attribute) and method.attr in ("write", "write_bytes")
    return uses[0].place.lineno if is_write else 0
