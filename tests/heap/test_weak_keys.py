"""What goes with the keys of mappings that hold them weakly."""

from __future__ import annotations

from pathlib import Path

from heapwise.analyze.weak_keys import values_of_keys
from heapwise.model.snapshot import Snapshot
from tests.conftest import python

PROGRAM = """
import weakref, heapwise
class Key: pass
class Memo: pass
class Store: pass
class Other: pass
store, other = Store(), Other()
store.keys = [Key() for _ in range(5)]
other.keys = [Key() for _ in range(3)]
memos, notes = weakref.WeakKeyDictionary(), weakref.WeakKeyDictionary()
for n, key in enumerate((*store.keys, *other.keys)):
    memos[key] = Memo()
    notes[memos[key]] = bytearray(5000 + n)
plain = {key: bytearray(9000) for key in other.keys}
del key
heapwise.snapshot("keys.hw")
"""


def test_the_values_of_keys_that_go_and_of_these(tmp_path: Path) -> None:
    python(f"import os\nos.chdir({str(tmp_path)!r})\n{PROGRAM}")
    snapshot = Snapshot.open(tmp_path / "keys.hw")
    [store], [other] = (snapshot.of_type_exactly(f"__main__.{each}") for each in ("Store", "Other"))
    memos = set(snapshot.of_type_exactly("__main__.Memo"))
    found = values_of_keys(snapshot, [store])
    assert len(memos) == 8
    assert len(memos & {*found}) == 5
    sizes = snapshot.nodes("size_bytes")
    notes = sorted(sizes[each] for each in {*found} - memos)
    assert len(notes) == 5
    assert notes[0] >= 5000
    assert notes[-1] < 5100
    assert not values_of_keys(snapshot, [other])  # a dict of the program has them too
    assert len(values_of_keys(snapshot, [store, other])) == 10
