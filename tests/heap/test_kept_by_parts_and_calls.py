"""Wholes that parts of a library's keep, calls that do not return, what gc.freeze() hides, lists of instances."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_whole_programs import advised, assert_is_not_told, assert_one_arm_is_told

MEMBERS = """
import gc, io, os, tarfile
DATA = os.urandom(100_000)
def packed(n):
    out = io.BytesIO()
    archive = tarfile.open(fileobj=out, mode="w")
    info = archive.gettarinfo(__file__, arcname=f"{n}/app.py")  # packed
    info.size = len(DATA)
    archive.addfile(info, io.BytesIO(DATA))
    archive.close()
    return HERE
kept = []
for n in range(100):
    kept.append(packed(n))
    gc.collect()
print(len(kept))
"""
SCOPES = """
from collections import ChainMap
base = scope = ChainMap({"lang": "en"})
total = 0
for n in range(400):
    scope = HERE.new_child({"id": n, "body": bytearray(50_000)})  # entered
    total += len(scope["body"])
print(total)
"""
STARTED = """
import time
import sqlalchemy as sa
engine = sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool)
@sa.event.listens_for(engine, "before_cursor_execute")
def before(connection, cursor, statement, parameters, context, many):
    connection.info.setdefault("started", []).append((time.time(), parameters))
@sa.event.listens_for(engine, "after_cursor_execute")
def after(connection, cursor, statement, parameters, context, many):
    HERE
length = 0
for n in range(1000):
    with engine.connect() as connection:  # connected
        length += connection.execute(sa.text("select length(:body)"), {"body": bytes(30_000) + b"%d" % n}).scalar()
print(length)
"""
COMPILED = """
import sqlalchemy as sa
def described(): return sa.Table("log", sa.MetaData(), *(sa.Column(name, sa.Integer) for name in ("at", "by", "of")))
engine = sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool)
table = described()
table.metadata.create_all(engine)
found = 0
for n in range(450):
    log = HERE
    with engine.connect() as connection: found += len(connection.execute(sa.select(log).where(log.c.by == n)).all())  # asked
print(found)
"""
GRAPHS = """
import random
import networkx as nx
def transfers(day):
    chosen, graph = random.Random(day), nx.Graph()
    for n in range(3000): graph.add_edge(f"acc{chosen.randrange(1500)}", f"acc{n % 1500}", amount=n)
    return graph
cases = []
for day in range(20):
    graph = transfers(day)
    ring = [*graph][:COUNT]
    cases.append(HERE)  # found
print(len(cases), sum(case.number_of_nodes() for case in cases))
"""
RESULTS = """
import sys
sys.path.insert(0, "site-packages")
from scipy.optimize import minimize
fits = []
for n in range(40):
    fit = minimize(n)
    fits.append(HERE)
print(len(fits))
"""
SCIPY = """
class OptimizeResult(dict):
    __getattr__ = dict.__getitem__
def minimize(n): return OptimizeResult(x=[n], fun=n, hess_inv=bytearray(500_000))
"""
LISTENS = """
import asyncio
async def connect(n):
    await asyncio.sleep(0)
    if n < 150: raise ConnectionError(n)
    await asyncio.Event().wait()
async def listen(n):
    backlog = bytearray(200_000)  # received
    try: await connect(n)
    except ConnectionError: pass
    HERE
    await listen(n + 1)
async def listens():
    for n in range(1000):
        backlog = bytearray(200_000)
        try: await connect(n)
        except ConnectionError: pass
loop = asyncio.new_event_loop()
task = loop.create_task(listen(0))
loop.run_until_complete(asyncio.wait({task}, timeout=1))
print(task.done())
"""
AGAIN = """
import time
def attempt(n):
    page = bytearray(200_000)  # fetched
    size = len(page)
    HERE
    if n == 150: stay()
    return size if n == 150 else attempt(n + 1)
def stay():
    rising = []  # a peak is looked at where something makes it
    for _ in range(100):
        rising.append(bytes(1000))
        time.sleep(0.01)
print(attempt(0))
"""
UPLOADS = """
import weakref
class Upload:
    instances = HERE
    def __init__(self, n):
        self.body = bytearray(100_000)
        Upload.instances.ADDS(self)  # noted
print(sum(len(Upload(n).body) for n in range(200)))
"""
CASES = {
    "members": ("HW393", MEMBERS, "info", "(info.name, info.size)", "# packed"),
    "scopes": ("HW337", SCOPES, "scope", "base", ""),
    "compiled": ("HW398", COMPILED, "described()", "table", "# asked"),
    "rings": ("HW393", GRAPHS.replace("COUNT", "20"), "graph.subgraph(ring)", "graph.subgraph(ring).copy()", "# found"),
    "started": ("HW337", STARTED, "connection.info['started'][-1]", "connection.info['started'].pop()", "setdefault"),
    "listens": ("HW394", LISTENS, "pass", "del backlog", "# received"),
    "again": ("HW394", AGAIN, "pass", "del page", "# fetched"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_it_is_found_and_its_twin_is_not(name: str, tmp_path: Path) -> None:
    code, text, wasteful, mended, line = CASES[name]
    assert_one_arm_is_told(
        tmp_path, code, text.replace("HERE", wasteful), text.replace("HERE", mended), line
    )


def test_results_that_are_kept_for_their_solution(tmp_path: Path) -> None:
    for name in ("bad", "good"):
        library = tmp_path / name / "site-packages" / "scipy" / "optimize"
        library.mkdir(parents=True)
        (library / "_optimize.py").write_text(SCIPY)
        (library / "__init__.py").write_text("from scipy.optimize._optimize import minimize")
    bad, good = RESULTS.replace("HERE", "fit"), RESULTS.replace("HERE", "(fit.x, fit.fun)")
    assert_one_arm_is_told(tmp_path, "HW387", bad, good, "minimize(n)")


def test_instances_in_a_list_of_their_class(tmp_path: Path) -> None:
    bad = UPLOADS.replace("HERE", "[]").replace("ADDS", "append")
    good = UPLOADS.replace("HERE", "weakref.WeakSet()").replace("ADDS", "add")
    assert_one_arm_is_told(tmp_path, "HW353", bad, good, "# noted")


RESIZES = """
import time
def resize(image):
    given = [image * 1.0, image + 0.0]
    return work_on(*given)
def work_on(*given): return max(*given, key=work) is not None
def work(x):
    table = [bytearray(1000) for _ in range(20_000)]
    time.sleep(0.4)
    return len(table) + x[0]
"""


def test_what_a_native_call_of_a_library_has_in_hand_is_not_the_programs(tmp_path: Path) -> None:
    library = tmp_path / "app" / "site-packages" / "skimage"
    library.mkdir(parents=True)
    (library / "__init__.py").write_text(RESIZES)
    script = (
        "import sys\nsys.path.insert(0, 'site-packages')\nimport numpy as np, skimage\n"
        "image = np.arange(500_000.0)\nprint(skimage.resize(image))\n"
    )
    assert_is_not_told(tmp_path / "app", "HW311", script)


SPECTRA = """
import dataclasses
import numpy as np
@dataclasses.dataclass
class Spectrum:
    star: str
    flux: np.ndarray
class Log:
    def __init__(self): self.spectra, self.entries = [], []
    def record(self, spectrum):
        self.spectra.append(spectrum)
        self.entries.append(ENTRY)  # copied
log = Log()
for n in range(60): log.record(Spectrum(f"star {n}", np.random.default_rng(n).random(60_000)))
print(sum(float(each["flux"].max()) for each in log.entries) > 9)
"""


def test_copies_that_are_each_of_another_array_are_told_together(tmp_path: Path) -> None:
    """Each pair alone is worth no word."""
    pytest.importorskip("numpy")
    bad = SPECTRA.replace("ENTRY", "dataclasses.asdict(spectrum)")
    good = SPECTRA.replace("ENTRY", "dict(vars(spectrum))")
    assert_one_arm_is_told(tmp_path, "HW311", bad, good, "# copied", within=0.05)


SCHEMA = """
import time
seen = []
def look(text):
    if not seen:
        seen.append(text)
        table = [bytearray(1000) for _ in range(5_000)]
        time.sleep(0.4)
    return len(text)
def checked(): return max(*("unit %d" % (n % 50) for n in range(60_000)), key=look)
"""


def test_texts_that_a_library_hands_to_native_code_are_not_the_programs(tmp_path: Path) -> None:
    script = "import sys\nsys.path.insert(0, 'site-packages')\nimport schemas\nprint(schemas.checked())\n"
    library = tmp_path / "app" / "site-packages"
    library.mkdir(parents=True)
    (library / "schemas.py").write_text(SCHEMA)
    assert_is_not_told(tmp_path / "app", "HW307", script)
    found, _, _ = advised(tmp_path / "own", SCHEMA + "print(checked())\n", "--snapshot", "peak,end")
    assert "HW307" in {each["code"] for each in found["findings"]}


COLUMNS = """
import weakref
class View: pass
class Block:
    def __init__(self): self.references = []
    def view(self):
        view = View()
        self.references.append(weakref.ref(view))
        GATHERED
        return view
"""
VIEWS = """
import sys
sys.path.insert(0, "site-packages")
from columns import Block
table = [Block() for _ in range(150)]
print(sum(block.view() is not None for block in table for _ in range(1000)))
"""


def test_weak_references_that_the_objects_of_a_library_gather(tmp_path: Path) -> None:
    """Each block has few; all have many."""
    mended = "self.references = [each for each in self.references if each() is not None]"
    for name, rest in (("bad", ""), ("good", mended)):
        library = tmp_path / name / "site-packages" / "columns"
        library.mkdir(parents=True)
        (library / "__init__.py").write_text(COLUMNS.replace("GATHERED", rest))
    assert_one_arm_is_told(tmp_path, "HW355", VIEWS, VIEWS, "block.view()")


FROZEN = """
import gc
class Stage:
    def __init__(self): self.text, self.me = bytearray(200_000), self
gc.disable()
print(sum(len(Stage().text) for _ in range(100)))
HERE
gc.freeze()
gc.enable()
"""


def test_garbage_that_was_frozen_is_told(tmp_path: Path) -> None:
    found, _, _ = advised(tmp_path / "bad", FROZEN.replace("HERE", ""), "--snapshot", "end")
    [finding] = [each for each in found["findings"] if each["code"] == "HW131"]
    assert finding["saving_bytes"] >= 100 * 200_000
    assert any("gc.freeze() hid" in each for each in finding["evidence"])
    found, _, _ = advised(
        tmp_path / "good", FROZEN.replace("HERE", "gc.collect()"), "--snapshot", "end"
    )
    assert "HW131" not in {each["code"] for each in found["findings"]}


TRIES = """
import gc
errors = []
def attempt(n):
    page = bytearray(1_000_000)
    try: raise ValueError(n)
    except ValueError as error: last = error
    errors.append(last)
    HERE
    return len(page)
print(sum(attempt(n) for n in range(TIMES)))
gc.collect()  # what is old is looked at seldom
gc.collect()
errors.clear()
"""


def test_frames_of_many_calls_that_wait_at_the_end_are_told(tmp_path: Path) -> None:
    """What one call leaves is not: the collector has not come yet."""
    many = TRIES.replace("TIMES", "30")
    found, _, _ = advised(tmp_path / "bad", many.replace("HERE", "pass"), "--snapshot", "end")
    [finding] = [each for each in found["findings"] if each["code"] == "HW131"]
    assert finding["saving_bytes"] == pytest.approx(30 * 1_000_000, rel=0.05)
    assert any("30 frames of attempt(): last" in each for each in finding["evidence"])
    for name, text in {
        "mended": many.replace("HERE", "del last"),
        "one": TRIES.replace("HERE", "pass")
        .replace("TIMES", "1")
        .replace("1_000_000", "30_000_000"),
    }.items():
        found, _, _ = advised(tmp_path / name, text, "--snapshot", "end")
        assert "HW131" not in {each["code"] for each in found["findings"]}


FRAMES = """
class Block:
    def __init__(self, size, parts):
        self.owner, self.data = RING, bytearray(size)
        self.parts = [[self, str(n)] for n in range(parts)]
"""
DAYS = """
import sys
sys.path.insert(0, "site-packages")
import frames, gc, time
gc.collect()  # or it would come on its own after as many new objects as are left from the start
def day(number):
    if number < SLOW:
        time.sleep(0.02)  # to be looked at
    return len(frames.Block(SIZES).data)
print(sum(day(number) for number in range(80)))
"""


@pytest.mark.parametrize(
    ("ring", "sizes", "slow", "is_told"),
    [
        ("self", "1_000_000, 0", "80", True),
        ("self", "1_000_000, 0", "60", True),
        ("None", "1_000_000, 0", "80", False),
        ("self", "2_000, 10_000", "80", False),
        ("self", "400_000, 0", "80", False),
    ],
)
def test_rings_of_a_library_that_hold_much_in_few_objects(
    ring: str, sizes: str, slow: str, is_told: bool, tmp_path: Path
) -> None:
    """The collector counts objects, and not bytes; of many it takes care, and of little nobody need. The last look on
    the way to the peak may have come while fewer waited than at the end."""
    library = tmp_path / "app" / "site-packages"
    library.mkdir(parents=True)
    (library / "frames.py").write_text(FRAMES.replace("RING", ring))
    found, _, _ = advised(
        tmp_path / "app",
        DAYS.replace("SIZES", sizes).replace("SLOW", slow),
        "--snapshot",
        "peak,end",
    )
    told = {each["code"]: each["saving_bytes"] for each in found["findings"]}
    assert ("HW131" in told) is is_told
    assert not is_told or told["HW131"] == pytest.approx(79 * 1_000_000, rel=0.2)


LITTLE_FROZEN = """
import gc
class Node:
    def __init__(self, size): self.me, self.text = self, bytes(size)
gc.disable()
for _ in range(600): Node(10)
gc.freeze()
gc.enable()
def served(count):
    for _ in range(count): Node(20_000)
served(300)
print("done")
"""


def test_little_that_was_frozen_says_nothing_of_the_rest(tmp_path: Path) -> None:
    found, _, _ = advised(tmp_path / "app", LITTLE_FROZEN, "--snapshot", "end")
    assert "HW131" not in {each["code"] for each in found["findings"]}


CLEAN = {
    "members of an archive that is open": ("HW393", MEMBERS.replace("HERE", "archive, info")),
    "views of most of a graph": ("HW393", GRAPHS.replace("COUNT", "1200").replace("HERE", "graph.subgraph(ring)")),
    "views of which the graph is asked": ("HW393", GRAPHS.replace("COUNT", "20").replace("HERE", "graph.subgraph(ring)")
        + "print(sum(len(case._graph) for case in cases))"),
    "edges as networkx keeps them": ("HW304", GRAPHS.replace("COUNT", "20").replace("HERE", "graph")),
    "neighbours as networkx keeps them": ("HW320", GRAPHS.replace("COUNT", "20").replace("HERE", "graph")),
    "a chain of few maps": ("HW337", SCOPES.replace("HERE", "scope").replace("range(400)", "range(40)")),
    "calls that hold little": ("HW394", AGAIN.replace("HERE", "pass").replace("200_000", "2_000") + "rest = bytearray(9_000_000)"),
    "locals that are needed afterwards": ("HW394", AGAIN.replace("HERE", "pass").replace(
        "return size if n == 150 else attempt(n + 1)", "if n < 150: size += attempt(n + 1)\n    return size + page[0]")),
    "locals that a loop needs again": ("HW394", """
def place(board, at):
    if at == 80: return 1
    mine, total = bytearray(board), 0
    for value in (1, 2):
        mine[at] = value
        if value == 1: total += place(mine, at + 1)
    return total
print(place(bytearray(200_000), 0))
"""),
    "many tasks of one function": ("HW394", """
import asyncio
async def served(n):
    page = bytearray(100_000)
    await asyncio.sleep(0.3)
    return len(page)
async def main(): print(sum(await asyncio.gather(*map(served, range(150)))))
asyncio.run(main())
"""),
    "instances that are gone through": ("HW353", UPLOADS.replace("HERE", "[]").replace("ADDS", "append")
                                        + "print(sum(len(each.body) for each in Upload.instances))"),
}  # fmt: skip


@pytest.mark.parametrize("name", CLEAN)
def test_what_is_needed_is_not_told(name: str, tmp_path: Path) -> None:
    code, text = CLEAN[name]
    assert_is_not_told(tmp_path / "app", code, text)


RINGS = """
import gc, io, tarfile, time
class Batch:
    def __init__(self, data): self.data, self.again = data, self
def archive(data):
    whole = tarfile.open(fileobj=io.BytesIO(), mode="w")
    info = whole.gettarinfo(__file__)
    info.size = len(data)
    whole.addfile(info, io.BytesIO(data))
for n in range(150):
    HERE(bytearray(300_000))
    time.sleep(0.002)  # to be looked at close to the peak
gc.collect()
print(n)
"""


@pytest.mark.parametrize("maker", ["Batch", "archive"])
def test_rings_are_told_where_the_program_makes_them(maker: str, tmp_path: Path) -> None:
    found, peak_bytes, _ = advised(
        tmp_path / "app", RINGS.replace("HERE", maker), "--snapshot", "peak,end"
    )
    assert peak_bytes > 25_000_000  # the rings wait, both
    assert ("HW131" in {each["code"] for each in found["findings"]}) is (maker == "Batch")
