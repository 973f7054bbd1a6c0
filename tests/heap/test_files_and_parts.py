"""Files that are open at once, arrays beside their whole, pictures kept whole, texts of C: found, with what they take."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import advice
from tests.heap.test_whole_programs import advised, assert_is_not_told, assert_one_arm_is_told

WRITERS = """
import gc, gzip, os, tempfile, time
class Partitions:
    def __init__(self, folder): self.folder, self.writers = folder, {}
    def path(self, key): return os.path.join(self.folder, f"{key}.gz")
    def write(self, key, lines):
        if KEPT not in self.writers:
            self.writers[KEPT] = gzip.open(self.path(key), "at")  # opens
        self.writers[KEPT].writelines(lines)
        if CLOSES:
            self.writers.pop(KEPT).close()
            gc.collect()  # from 3.12 on a file of gzip is part of a ring
with tempfile.TemporaryDirectory() as folder:
    partitions = Partitions(folder)
    for part in range(2):
        for key in range(120): partitions.write(key, [f"{part},{n}\\n" for n in range(200)])
    time.sleep(0.1)
    print(len(os.listdir(folder)))
"""
OPEN = WRITERS.replace("KEPT", "key")
FRAMES = """
import time
import numpy as np
def step(number): return np.full((300, 400), number, dtype=np.float32)
def main(count):
    BEFORE
    for number in range(count):
        PUT  # puts
    WHOLE
    time.sleep(0.1)
    print(shown(movie))
def shown(movie): return movie.shape, float(movie[3:].max())
main(80)
"""
TEXTS = """
import ctypes, time
lib = ctypes.CDLL(None)
lib.strdup.argtypes, lib.free.argtypes = [ctypes.c_char_p], [ctypes.c_void_p]
lib.strdup.restype = RESULT
def label(text):
    address = lib.strdup(text)  # copies
    READ
def main():
    body = b"a paragraph of a document " * 100
    length = sum(len(label(b"%06d " % number + body)) for number in range(8000))
    time.sleep(0.1)
    print(length)
main()
"""
PICTURES = """
import time
from PIL import Image
SMALL = (80, 60)
def read(number): return Image.new("RGB", (1000, 800), number)
def sheet(pictures):
    whole = Image.new("RGB", (800, 600))
    for number, picture in enumerate(pictures):
        if picture.size != SMALL:
            picture = picture.resize(SMALL)
        whole.paste(picture, (number % 10 * 80, number // 10 * 60))
    time.sleep(0.1)
    print(len(pictures), whole.getpixel((85, 1)))
def main():
    pictures = []
    for number in range(30):
        picture = read(number)
        pictures.append(picture.KEPT)  # kept
    ALSO
    sheet(pictures)
main()
"""
WHOLE = PICTURES.replace("KEPT", "copy()")
FREED = "try: return ctypes.string_at(address).decode()\n    finally: lib.free(address)"
PAIRS = {
    "files": ("HW407", OPEN.replace("CLOSES", "False"), OPEN.replace("CLOSES", "True"), "# opens"),
    "arrays": (
        "HW765",
        FRAMES.replace("BEFORE", "frames = []").replace("PUT", "frames.append(step(number))")
        .replace("WHOLE", "movie = np.stack(frames)"),
        FRAMES.replace("BEFORE", "movie = np.empty((count, 300, 400), np.float32)")
        .replace("PUT", "movie[number] = step(number)").replace("WHOLE", ""),
        "# puts",
    ),
    "pictures": ("HW408", WHOLE.replace("ALSO", ""), PICTURES.replace("KEPT", "resize(SMALL)").replace("ALSO", ""), "# kept"),
    "texts of C": (
        "HW766",
        TEXTS.replace("RESULT", "ctypes.c_char_p").replace("READ", "return address.decode()"),
        TEXTS.replace("RESULT", "ctypes.c_void_p").replace("READ", FREED),
        "# copies",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_it_is_found_and_its_twin_is_not(name: str, tmp_path: Path) -> None:
    code, bad, good, line = PAIRS[name]
    assert_one_arm_is_told(tmp_path, code, bad, good, line)


def test_an_end_that_holds_as_much_as_the_peak_shows_it(tmp_path: Path) -> None:
    """Where no snapshot was taken nearer to the peak."""
    advised(tmp_path, PAIRS["files"][1], "--snapshot", "end")
    found = advice(tmp_path / "run.hw")
    assert "HW407" in [each["code"] for each in found["findings"]]


def test_texts_that_are_kept_are_not_what_c_made(tmp_path: Path) -> None:
    """Where the C function gives a text of its own, all that stays are copies, objects of Python."""
    text = TEXTS.replace("RESULT", "ctypes.c_char_p").replace("READ", "return address.decode()")
    kept = text.replace("lib.strdup(text)", "lib.setlocale(0, None)").replace(
        "lib.strdup.", "lib.setlocale."
    )
    kept = kept.replace("[ctypes.c_char_p], [", "[ctypes.c_int, ctypes.c_char_p], [")
    kept = kept.replace("length = sum(len(", "texts = [").replace(") for", " * 200 for", 1)
    kept = kept.replace("number in range(8000))", "number in range(8000)]\n    length = len(texts)")
    assert_is_not_told(tmp_path, "HW766", kept)


@pytest.mark.parametrize(
    "also",
    ["print(pictures[3].getpixel((1, 1)))", "for each in pictures: print(each.crop((1, 1, 9, 9)).size)",
     "for each in pictures: each.resize((each.width // 2, 9))"],
    ids=["one is looked at", "parts of them", "sizes of their own"],
)  # fmt: skip
def test_pictures_of_which_more_is_needed_are_not_told(also: str, tmp_path: Path) -> None:
    assert_is_not_told(tmp_path, "HW408", WHOLE.replace("ALSO", also))
