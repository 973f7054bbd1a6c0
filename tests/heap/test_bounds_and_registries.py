"""Caches whose bound means bytes and counts entries, or should mean bytes; who listens to several events; what is no fault beside."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_whole_programs import advised, assert_is_not_told, assert_one_arm_is_told

OF_FUNCTOOLS = """
import functools, time
BOUND = 4 * MIB
@functools.lru_cache(maxsize=BOUND)
def tile(n): return bytes(20_000 + n)
print(sum(len(tile(n)) for n in range(1000)))
time.sleep(0.3)
"""
OF_CACHETOOLS = """
import time
from cachetools import LRUCache, cachedmethod
CACHE_BYTES = 4 * 1024 * 1024
class Crests:
    def __init__(self, cache): self.cache = cache
    @cachedmethod(lambda self: self.cache)
    def crest(self, n): return bytes(20_000 + n)
def main():
    crests = Crests(LRUCache(maxsize=CACHE_BYTES))  # made
    print(sum(len(crests.crest(n)) for n in range(1000)))
    time.sleep(0.3)
main()
"""


def test_a_bound_in_bytes_of_functools(tmp_path: Path) -> None:
    bad = OF_FUNCTOOLS.replace("MIB", "1024 ** 2")
    good = bad.replace("maxsize=BOUND", "maxsize=BOUND // 20_500")
    assert_one_arm_is_told(tmp_path, "HW415", bad, good, "tile(n)")


def test_a_bound_in_bytes_of_cachetools(tmp_path: Path) -> None:
    good = OF_CACHETOOLS.replace("=CACHE_BYTES)", "=CACHE_BYTES, getsizeof=len)")
    assert_one_arm_is_told(tmp_path, "HW415", OF_CACHETOOLS, good, "# made")


def test_a_bound_that_is_handed_on(tmp_path: Path) -> None:
    """Through a constructor that a derived class inherits, and a method that has it by name, or by its default."""
    handed = OF_CACHETOOLS.replace("    def __init__(self, cache): self.cache = cache\n", """
    def __init__(self, least, budget=9): self.cache = self.create(room=budget)
    def create(self, room): return LRUCache(maxsize=room)  # made
""").replace("def main", "class Many(Crests): pass\ndef main")  # fmt: skip
    bad = handed.replace("Crests(LRUCache(maxsize=CACHE_BYTES))  # made", "Many(1, CACHE_BYTES)")
    good = bad.replace("maxsize=room)", "maxsize=room, getsizeof=len)")
    assert_one_arm_is_told(tmp_path, "HW415", bad, good, "# made")
    few = bad.replace("Many(1, CACHE_BYTES)", "Many(CACHE_BYTES)").replace("budget=9", "budget=900")
    assert_is_not_told(tmp_path / "few", "HW415", few)


@pytest.mark.parametrize(
    "bound", ["1 << 20", "CACHE_BYTES * 100", "crests_count()", "CACHE_BYTES // 1_000_000"]
)
def test_bounds_that_are_none_of_bytes_or_are_kept(bound: str, tmp_path: Path) -> None:
    """The cache keeps less than a bound in bytes, or it is not known what the bound is."""
    count = "def crests_count(): return 4 * 1024 * 1024\n"
    text = count + OF_CACHETOOLS.replace("maxsize=CACHE_BYTES", f"maxsize={bound}")
    if bound == "1 << 20":
        text = text.replace("LRUCache(", "Sized(").replace(
            "class Crests",
            "class Sized(LRUCache):\n    def getsizeof(self, x): return len(x)\nclass Crests",
        )
    assert_is_not_told(tmp_path, "HW415", text)


TILES = """
import time
from cachetools import LRUCache
class Tiles:
    def __init__(self): self.cache = LRUCache(BOUND)  # made
    def tile(self, n):
        if (found := self.cache.get(n)) is None:
            found = bytes(SIZE)
            if len(found) < 4 << 20: self.cache[n] = found
        return found
tiles = Tiles()
print(sum(len(tiles.tile(n)) for n in range(400)))
time.sleep(0.3)
"""


def test_a_cache_of_entries_of_all_sizes(tmp_path: Path) -> None:
    text = TILES.replace("SIZE", "20_000 + n % 5 * 60_000")
    bad = text.replace("BOUND", "200")
    good = text.replace("BOUND", "2_800_000, getsizeof=len")  # a tenth
    assert_one_arm_is_told(tmp_path, "HW420", bad, good, "# made")


def test_entries_that_others_keep_are_not_told(tmp_path: Path) -> None:
    text = TILES.replace("BOUND", "200").replace("SIZE", "20_000 + n % 5 * 60_000")
    text = text.replace("self.cache[n] = found", "self.cache[n] = found; everything.append(found)")
    assert_is_not_told(tmp_path, "HW420", "everything = []\n" + text)


@pytest.mark.parametrize(
    "size", ["120_000 + n % 5 * 40_000", "100 + n % 5 * 60_000 // (n % 40 * 100 + 1)"]
)
def test_entries_of_one_size_or_small_ones_are_not_told(size: str, tmp_path: Path) -> None:
    assert_is_not_told(tmp_path, "HW420", TILES.replace("BOUND", "200").replace("SIZE", size))


EXCHANGE = """
import time, weakref
from collections import defaultdict
class Exchange:
    def __init__(self): self.watchers = defaultdict(list)
    def watch(self, symbol, callback): self.watchers[symbol].append(KEPT)
    def publish(self, symbol, price):
        for callback in list(self.watchers[symbol]):
            CALLED
class Session:
    def __init__(self, n, exchange):
        self.screen, self.at = bytearray(100_000), n % 6
        exchange.watch(n % 6, self.on_price)
    def on_price(self, price): self.screen[self.at] = int(price)
def main():
    exchange, total = Exchange(), 0
    for n in range(240):
        session = Session(n, exchange)
        exchange.publish(n % 6, n % 100)
        total += session.screen[session.at]
    print(total)
    time.sleep(0.3)
    return exchange
main()
"""


def test_who_listens_to_one_of_several_events_is_kept_by_all_lists_together(tmp_path: Path) -> None:
    """No single list of the six keeps a fifth of the heap."""
    bad = EXCHANGE.replace("KEPT", "callback").replace("CALLED", "callback(price)")
    good = EXCHANGE.replace("KEPT", "weakref.WeakMethod(callback)").replace(
        "CALLED", "(callback() or (lambda price: 0))(price)"
    )
    assert_one_arm_is_told(tmp_path, "HW338", bad, good, "def watch")
    found, _, _ = advised(tmp_path / "again", bad, "--snapshot", "peak,end")
    assert [each["code"] for each in found["findings"]].count("HW338") == 1


MENUS = """
import time
class Dish:
    __slots__ = ("title", "cents")
    def __init__(self, n): self.title, self.cents = f"dish {n} of the kitchen", n
def main():
    dishes = {f"D{n:04d}": Dish(n) for n in range(900)}
    menus = [{**dishes, "D0007": Dish(n)} for n in range(300)]
    print(len(menus))
    time.sleep(0.3)
main()
"""


def test_objects_by_their_keys_are_no_record(tmp_path: Path) -> None:
    assert_is_not_told(tmp_path, "HW304", MENUS)


def test_functions_that_an_import_makes_are_left_to_who_is_imported(tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    library = "def made(n):\n    rows = [n] * 3000\n    return lambda: rows\nkept = [made(n) for n in range(400)]\n"
    for place, told in (("dist-packages", False), (".", True)):
        folder = tmp_path / "bad" / place
        folder.mkdir(exist_ok=True)
        (folder / "dispatching.py").write_text(library)
        text = f"import sys\nsys.path.insert(0, {str(folder)!r})\nimport dispatching\nprint(len(dispatching.kept))\n"
        found, _, _ = advised(tmp_path / "bad", text, "--snapshot", "peak,end")
        assert ("HW103" in {each["code"] for each in found["findings"]}) is told
