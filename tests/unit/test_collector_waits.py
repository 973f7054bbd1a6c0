"""How many rings wait for the collector: what is reckoned, beside what its own collections leave."""

from __future__ import annotations

import gc
import json
import sys

import pytest

from heapwise.analyze.collector_waits import alive_count
from tests.conftest import python

PROGRAM = """
import gc, json, weakref
class Ring(list): pass
alive = most = 0
def went(_):
    global alive
    alive -= 1
kept = [[] for _ in range(OTHERS)]
gc.collect()
references = []
for _ in range(COUNT):
    ring = Ring()
    ring.extend([ring] for _ in range(CONTAINERS - 1))
    references.append(weakref.ref(ring, went))
    alive += 1
    del ring
    most = max(most, alive)
print(json.dumps([most, len(gc.get_objects()) - len(references)]))
"""


@pytest.mark.skipif(
    sys.version_info >= (3, 14) or not all(gc.get_threshold()),
    reason="a collector that goes bit by bit",
)
@pytest.mark.parametrize("others", [1000, 200_000])
@pytest.mark.parametrize(
    ("count", "containers"), [(400, 8), (400, 300), (60, 1800), (60, 4400), (40, 12_000)]
)
def test_as_many_wait_as_are_reckoned(count: int, containers: int, others: int) -> None:
    program = PROGRAM.replace("OTHERS", str(others)).replace("COUNT", str(count))
    most, kept = json.loads(python(program.replace("CONTAINERS", str(containers))))
    reckoned = alive_count(count, containers, kept, gc.get_threshold())
    assert reckoned == pytest.approx(most, rel=0.25, abs=2)
