"""What stays whole for little: structures, patches, hooks, patterns, spooled files, texts of a class of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_whole_programs import advised, assert_is_not_told, assert_one_arm_is_told

HOOKS = """
import sys
class Session:
    def __init__(self):
        self.buffer, self.before = bytearray(50_000), sys.excepthook
        def hook(*error, before=sys.excepthook):  # wraps
            self.buffer.clear()
            before(*error)
        sys.excepthook = hook
    def close(self): HERE
for _ in range(150): Session().close()
print("done")
"""
PATCHES = """
from unittest import mock
class Api: rows = b""
read = 0
for n in range(150):
    patcher = mock.patch.object(Api, "rows", bytearray(50_000))  # patched
    patcher.start()
    read += len(Api.rows)
    HERE
print(read)
"""
STRUCTURES = """
import ctypes
class Header(ctypes.Structure): _fields_ = [("kind", ctypes.c_int), ("size", ctypes.c_int)]
class Packet(ctypes.Structure): _fields_ = [("head", Header), ("body", ctypes.c_char * 200_000)]
data = bytes(200_008)
def heads(n): return [HERE for _ in range(n)]
kept = heads(100)
print(kept[0].kind)
"""
PATTERNS = """
import re
def words(n): return [f"{n:x}w{(i * 2654435761 + n) % 1_000_003:x}" for i in range(500)]
def found(n):
    text = words(n)[:3]
    return HERE
print(sum(bool(found(n)) for n in range(250)))
"""
ALL = """re.search(r"\\b(?:%s)\\b" % "|".join(words(n)), " ".join(text))"""
SPOOLED = """
import tempfile
file = tempfile.SpooledTemporaryFile(HERE)  # spooled
for n in range(300): file.write(bytes([n % 256]) * 100_000)
file.seek(0)
print(len(file.read(10)))
"""
TEXTS = """
from typing import NewType
HERE
kept = [Sku(f"sku {n:07d}") for n in range(25_000)]
print(kept[7])
"""
FRAMES = """
import random
dice = random.Random(1)
def token(n):
    frame = memoryview(dice.randbytes(9000 + n))
    return HERE
kept = [token(n) for n in range(800)]
print(sum(map(len, kept)))
"""
STREAMS = """
import io
class Capture:
    def __init__(self): self.stream = io.StringIO()
    def found(self, word):
        self.stream.seek(0)
        return sum(word in line for line in self.stream)
    def text(self): return self.stream.getvalue()
def run(n):
    capture = Capture()
    for k in range(900): capture.stream.write(f"step {k} of run {n} has come to its end\\n")
    count = capture.found(f"{n} ")
    return HERE, count  # the outcome
kept = [run(n) for n in range(100)]
print(sum(count for _, count in kept))
"""
FIRST_LINES = """
import io
class Result:
    def __init__(self, stream):
        self.stream = stream
        self.head = self.first()
    def first(self):
        if isinstance(self.stream, str): return self.stream.split("\\n")[0]
        self.stream.seek(0)
        return self.stream.readline().strip()
    def text(self): return self.stream
def run(n):
    out = io.StringIO()
    for k in range(900): out.write(f"step {k} of run {n} has come to its end\\n")
    return Result(HERE)
kept = [run(n) for n in range(100)]
print(sum(len(each.head) for each in kept))
"""
WIDE = """
import io
out = HERE
for n in range(60_000): out.write(f"{n:09d},frankfurt,active,premium\\n")
out.seek(0)
print(out.readline())
"""
PICTURES = """
from PIL import Image, ImageOps
class Picture:
    def __init__(self, n):
        image = Image.new("RGB", (400 + n % 3, 250))
        image.getexif()[0x0112] = 6 if n % 3 else 1
        self.image = HERE
    @property
    def size(self): return self.image.size
pictures = [Picture(n) for n in range(60)]  # all
print(sum(each.size[0] for each in pictures))
"""
SIZED = "Image.new('1', ImageOps.exif_transpose(image).size)"
CASES = {
    "pictures": ("HW339", PICTURES, "ImageOps.exif_transpose(image)", SIZED, "# all"),
    "wide streams": ("HW386", WIDE, "io.StringIO()", "io.TextIOWrapper(io.BytesIO(), encoding='utf-8')", "out = "),
    "streams": ("HW386", STREAMS, "capture", "capture.text()", "self.stream"),
    "first lines": ("HW386", FIRST_LINES, "out", "out.getvalue()", "stream.readline()"),
    "frames": ("HW305", FRAMES, "frame[8:40]", "bytes(frame[8:40])", "return"),
    "hooks": ("HW103", HOOKS, "pass", "sys.excepthook = self.before", "def hook"),
    "patches": ("HW350", PATCHES, "pass", "patcher.stop()", "# patched"),
    "structures": ("HW305", STRUCTURES, "Packet.from_buffer_copy(data).head",
                   "Header.from_buffer_copy(Packet.from_buffer_copy(data).head)", "def heads"),
    "patterns": ("HW377", PATTERNS, ALL, "set(text) & set(words(n))", "re.search"),
    "spooled": ("HW376", SPOOLED, "", "max_size=1 << 20", "# spooled"),
    "texts": ("HW375", TEXTS, "class Sku(str): pass", "Sku = NewType('Sku', str)", "kept ="),
}  # fmt: skip
_WITHIN = {"texts": 0.2, "patterns": 0.2}
"""Memory of texts is rounded up; and re keeps more of a pattern than the pattern."""


@pytest.mark.parametrize("name", CASES)
def test_it_is_found_and_its_twin_is_not(name: str, tmp_path: Path) -> None:
    code, text, wasteful, mended, line = CASES[name]
    bad, good = text.replace("HERE", wasteful), text.replace("HERE", mended)
    assert_one_arm_is_told(tmp_path, code, bad, good, line, within=_WITHIN.get(name, 0.12))


CLEAN = {
    "streams that are gone through": (
        "HW386", "import csv, io\nkept = [csv.reader(io.StringIO('name,size\\n' * 5000)) for n in range(60)]\n"
        "print(sum(len(next(rows)) for rows in kept))\nfor rows in kept: next(rows)",
    ),
    "streams that are only written to": (
        "HW386", STREAMS.replace("count = capture.found(f\"{n} \")", "count = 1").replace("HERE", "capture"),
    ),
    "patchers of decorators": (
        "HW350", "from unittest import mock\nclass Api: rows = b''\n"
        "def made(n):\n    @mock.patch.object(Api, 'rows', bytearray(50_000))\n    def test(): return len(Api.rows)\n"
        "    return test\nkept = [made(n) for n in range(100)]\nprint(sum(test() for test in kept))",
    ),
    "a spooled file below its bound": ("HW376", SPOOLED.replace("HERE", "max_size=100 << 20")),
    "a field that is nearly all of its structure": (
        "HW305", STRUCTURES.replace("HERE", "Packet.from_buffer_copy(data).all").replace(
            "_fields_ = [(\"head\", Header), (\"body\", ctypes.c_char * 200_000)]",
            "_fields_ = [(\"all\", ctypes.c_byte * 200_000), (\"head\", Header)]",
        ).replace("kept[0].kind", "len(kept)"),
    ),
    "pictures that are looked at": (
        "HW339", PICTURES.replace("HERE", "ImageOps.exif_transpose(image)").replace("self.image.size", "self.image.getextrema()[0]"),
    ),
    "plain texts": ("HW375", "kept = [f'sku {n:07d}' for n in range(60_000)]\nprint(len(kept))"),
    "texts with attributes": (
        "HW375", "class Sku(str):\n    def __init__(self, text): self.size = len(text)\n"
        "kept = [Sku(f'sku {n:07d}') for n in range(60_000)]\nprint(len(kept))",
    ),
    "a buffer that nobody shows a part of": (
        "HW305", "import io\nkept = [io.BytesIO(bytes([n]) * 100_000) for n in range(100)]\nprint(len(kept))",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CLEAN)
def test_what_is_as_it_should_be_is_not_told(name: str, tmp_path: Path) -> None:
    code, text = CLEAN[name]
    assert_is_not_told(tmp_path / "clean", code, text)


SCIPY = """
from array import array
class dok_array:  # as SciPy's is from 1.13 on
    def __init__(self, shape): self._shape, self._dict = shape, {}
    def __setitem__(self, key, value): self._dict[tuple(int(each) for each in key)] = value
    def tocsr(self):
        return array("i", range(len(self._dict))), array("d", self._dict.values())
"""
MATRIX = """
from scipy.sparse._dok import dok_array
kept = dok_array((1000, 2000))
for n in range(20_000): kept[n // 50, n * 37 % 2000] = float(n + 1)
HERE
print("done")
"""


def test_a_matrix_that_stays_a_dict(tmp_path: Path) -> None:
    for name in ("bad", "good"):
        library = tmp_path / name / "scipy" / "sparse"
        library.mkdir(parents=True)
        (library / "_dok.py").write_text(SCIPY)
    found, twin = (
        advised(tmp_path / name, MATRIX.replace("HERE", mended), "--snapshot", "end")[0]
        for name, mended in (("bad", ""), ("good", "kept = kept.tocsr()"))
    )
    [told] = [each for each in found["findings"] if each["code"] == "HW374"]
    assert told["saving_bytes"] == pytest.approx(20_000 * 170, rel=0.3)
    assert "HW374" not in [each["code"] for each in twin["findings"]]
