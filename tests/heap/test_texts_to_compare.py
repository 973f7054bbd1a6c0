"""Whole texts as keys of what is only asked for them: a digest is found again as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_whole_programs import assert_is_not_told, assert_one_arm_is_told

DIGEST = "hashlib.blake2b(page.encode(), digest_size=16).digest()"
SEEN = """
import hashlib
class Crawler:
    def __init__(self): self.seen, self.fresh = set(), 0
    def add(self, page):
        key = HERE
        if key in self.seen: return
        self.seen.add(key)  # kept
        self.fresh += 1
    def report(self): print(READ)
crawler = Crawler()
for n in range(4_500): crawler.add(f"page {n % 4_000} " * 200)
crawler.report()
"""
ANSWERS = """
import hashlib
answers = {}
def words(page):
    key = HERE
    count = answers.get(key)
    if count is None: count = answers[key] = page.count(" ")  # kept
    return count
print(sum(words(f"page {n % 4_000} " * 200) for n in range(4_500)))
"""
CACHED = """
import functools, hashlib
@functools.lru_cache(maxsize=9_000)  # kept
def words(page, mark=" "): return page.count(mark)
def asked(n): return f"page {n % 4_000} " * 200
print(sum(words(asked(n)HERE) for n in range(4_500)))
"""
BY_DIGEST = """
import functools, hashlib
known = {}
def words(page, mark=" "):
    key = hashlib.blake2b(page.encode(), digest_size=16).digest()
    if key not in known: known[key] = page.count(mark)
    return known[key]
def asked(n): return f"page {n % 4_000} " * 200
print(sum(words(asked(n)) for n in range(4_500)))
"""
FOUND = {
    "a set": (SEEN.replace("HERE", "page"), SEEN.replace("HERE", DIGEST)),
    "a table": (ANSWERS.replace("HERE", "page"), ANSWERS.replace("HERE", DIGEST)),
    "a cache": (CACHED.replace("HERE", ""), BY_DIGEST),
    "a cache by two arguments": (CACHED.replace("HERE", ", 'a'"), BY_DIGEST.replace("(n)) for", "(n), 'a') for")),
}  # fmt: skip
CLEAN = {
    "that is gone through": SEEN.replace("HERE", "page").replace("READ", "sum(map(len, self.seen))"),
    "of short texts": SEEN.replace("HERE", "page").replace("* 200", "* 20"),
    "of texts that are kept anyway": SEEN.replace("HERE", "page").replace("self.fresh += 1", "pages.append(page)")
        .replace("crawler =", "pages = []\ncrawler ="),
    "whose keys are read": ANSWERS.replace("HERE", "page") + "print(max(len(page) for page in answers))\n",
    "of results": CACHED.replace("HERE", "").replace("page.count(mark)", "page + mark").replace("words(asked(n))", "len(words(n))")
        .replace("def words(page, mark=\" \"): return page + mark", "def words(n): return asked(n)"),
}  # fmt: skip


@pytest.mark.parametrize("name", FOUND)
def test_they_are_found_with_what_digests_save(name: str, tmp_path: Path) -> None:
    bad, good = (each.replace("READ", "self.fresh") for each in FOUND[name])
    assert_one_arm_is_told(tmp_path, "HW419", bad, good, "# kept", within=0.1)


@pytest.mark.parametrize("name", CLEAN)
def test_texts_that_are_needed_are_not_told(name: str, tmp_path: Path) -> None:
    text = CLEAN[name].replace("READ", "self.fresh")
    assert_is_not_told(tmp_path / "app", "HW419", text)
