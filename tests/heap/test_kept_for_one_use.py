"""What is used once and stays: values of cached properties, entries that a look-up made, generators, what functions
captured, plug-ins, documents, databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_whole_programs import advised, assert_is_not_told, assert_one_arm_is_told

RECORDINGS = """
import zlib
from array import array
from functools import cached_property
class Recording:
    def __init__(self, site): self.packed = zlib.compress(bytes(range(site, site + 100)) * 5000)
    @HERE
    def samples(self): return array("B", zlib.decompress(self.packed))  # decoded
    @cached_property
    def peak(self): return max(self.samples)
    @cached_property
    def calls(self):
        samples = self.samples
        return sum(samples[at] > 90 for at in range(0, len(samples), 1000))
season = [Recording(site) for site in range(60)]
print(max((each.calls, each.peak) for each in season))
"""
PHOTOS = """
from functools import cached_property
def decode(number): return bytes([number % 256]) * 60_000  # decoded
class Photo:
    def __init__(self, number): self.number, self._pixels, self.mean = number, None, 0
    HERE
    def raw(self): return decode(self.number)
class Reader:
    def look(self, photo):
        pixels = photo.pixels
        photo.mean = sum(pixels[::100]) // 600
class Album:
    def __init__(self): self.photos, self.reader = [], Reader()
    def scan(self):
        for number in range(150):
            photo = Photo(number)
            self.reader.look(photo)
            self.photos.append(photo)
album = Album()
album.scan()
print(sum(photo.mean for photo in album.photos))
"""
CACHED = "@cached_property\n    def pixels(self): return decode(self.number)"
BY_HAND = """@property
    def pixels(self):
        if self._pixels is None:
            self._pixels = decode(self.number)
        return self._pixels"""
PLAIN = "@property\n    def pixels(self): return decode(self.number)"
WINDOWS = """
import random
from array import array
from collections import defaultdict
class Sketch:
    def __init__(self): self.counts, self.total = array("i", bytes(2400)), 0
    def add(self, value):
        self.counts[value % 600] += 1
        self.total += 1
    def middle(self): return self.counts.index(max(self.counts)) if self.total else None
class Table:
    def __init__(self): self.windows = defaultdict(Sketch)
    def add(self, name, minute, value): self.windows[name, minute].add(value)
    def median(self, name, minute):
        HERE
def main(table):
    dice, seen = random.Random(3), 0
    for minute in range(600):
        table.add(minute % 7, minute, minute)
        for _ in range(15): seen += table.median(dice.randrange(1000), minute) is not None
    return seen
table = Table()
print(main(table) >= 0)
"""
CURSORS = """
PAGE = 10
def ranked(user): return [(user, n * 1.5) for n in range(500)]
def pages(hits):
    for start in range(0, len(hits), PAGE): yield hits[start:start + PAGE]
def again(user, start=0):
    while part := ranked(user)[start:start + PAGE]:
        yield part
        start += PAGE
        del part
class Session:
    def __init__(self, user): self.user, self.cursor = user, iter(())
    def search(self):
        self.cursor = HERE
        return len(next(self.cursor))
sessions = {user: Session(user) for user in range(150)}
print(sum(session.search() for session in sessions.values()))
"""
LABELS = """
class Scope:
    def __init__(self, number): self.names = [f"name {number} {i}" for i in range(250)]
    def name(self, i): return self.names[i]
def late(scope, i): return lambda: f"{scope.name(i)}!"  # captured
def early(scope, i):
    text = f"{scope.name(i)}!"
    return lambda: text
labels = []
for number in range(300):
    scope = Scope(number)
    labels += [HERE(scope, i) for i in range(0, 250, 50)]
print(len(labels), labels[7]())
"""
PLUGINS = """
import importlib.util, os, sys, tempfile
def load(path, name):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # put
    spec.loader.exec_module(module)
    return module
with tempfile.TemporaryDirectory() as folder:
    rows = 0
    for release in range(8):
        for carrier in ("ox", "yak", "emu"):
            path = os.path.join(folder, f"{carrier}_{release}.py")
            with open(path, "w") as out: out.write(f"ROWS = [{carrier!r} + str(n) for n in range(2500)]\\n")
            rows += len(load(path, HERE).ROWS)
print(rows)
"""
POSTINGS = """
from array import array
class Pairs:
    def __init__(self): self.places = []  # pairs
    def add(self, document, position): self.places.append((document, position))
class Columns:
    def __init__(self): self.documents, self.positions = array("q"), array("q")
    def add(self, document, position):
        self.documents.append(document)
        self.positions.append(position)
table = {}
for n in range(40_000):
    table.setdefault(n % 331, HERE()).add(n * 17 + 1000, n * 3 + 300)
print(len(table))
"""
DATABASES = """
import atexit, contextlib, sqlite3
@contextlib.contextmanager
def scratch():
    base = sqlite3.connect(":memory:")
    HERE
def job(number):
    with scratch() as base:
        base.execute("create table r (a, b)")
        base.executemany("insert into r values (?, ?)", ((n, f"text {n} {number}") for n in range(9000)))  # filled
        return base.execute("select count(*) from r").fetchone()[0]
print(sum(job(number) for number in range(30)))
"""
TABLES = """
import sqlite3
class Reports:
    def __init__(self): self.base = sqlite3.connect(":memory:")
    def top(self, number):
        self.base.execute(f"create table scratch_{number} (a, b)")
        rows = ((n, f"text {n} {number}") for n in range(9000))
        self.base.executemany(f"insert into scratch_{number} values (?, ?)", rows)  # filled
        found = self.base.execute(f"select max(a) from scratch_{number}").fetchone()[0]
        HERE
        return found
reports = Reports()
print(sum(reports.top(number) for number in range(30)))
"""
HISTORY = """
class Step:
    def __init__(self, before, at): self.before, self.at = before, at
class Editor:
    def __init__(self): self.pixels, self.steps = bytearray(400_000), []
    def push(self, step): self.steps.append(step)
    def paint(self, at, value):
        HERE
        self.pixels[at:at + 100] = bytes([value]) * 100
    def undo(self):
        step = self.steps.pop()
        self.pixels[step.at:step.at + len(step.before)] = step.before
editor = Editor()
for number in range(60): editor.paint(number * 300, number)
editor.undo()
print(sum(editor.pixels[:100]))
"""
REPORTS = """
class Refused(ValueError):
    def __init__(self, given): self.given = given
    def errors(self, include_input=True):
        report = {"type": "missing", "loc": ("name",), "msg": "Field required", "url": "https://errors.example"}
        return [report | {"input": self.given} if include_input else report]
def check(order): raise Refused(order)
reports = []
for number in range(100):
    try: check({"id": number, "scan": bytes([number]) * 80_000})  # refused
    except Refused as error: reports += error.errors(HERE)
print(len(reports))
"""
METERS = """
from array import array
from collections import defaultdict
class Window:
    def __init__(self): self.count, self.total, self.sums = 0, 0.0, array("d", bytes(2400))
    def add(self, value):
        self.count += 1
        self.total += value * 1.5
EMPTY = Window()
class Store:
    def __init__(self): self.windows = defaultdict(Window)
    def read(self, key): return HERE
def main(store):
    seen = 0
    for n in range(9000):
        seen += store.read((n, n + 1)).count
        if n % 9 == 0: store.windows[n, n].add(n)
    return seen
store = Store()
print(main(store))
"""
BEACONS = """
import asyncio, contextvars
current = contextvars.ContextVar("current")
class Request:
    def __init__(self, number): self.number, self.body = number, bytes([number]) * 100_000
async def beat():
    while True: await asyncio.sleep(30)
async def handle(number, beacons):
    current.set(Request(number))  # set
    beacons.append(asyncio.get_running_loop().create_task(beat()HERE))
    await asyncio.sleep(0)
async def main():
    beacons = []
    for number in range(100): await asyncio.get_running_loop().create_task(handle(number, beacons))
    print(len(beacons))
loop = asyncio.new_event_loop()
loop.run_until_complete(main())
"""
MARKETS = """
import contextlib, os, sqlite3, tempfile
folder = tempfile.mkdtemp()
def fill(path):
    with contextlib.closing(sqlite3.connect(path)) as link:
        link.execute("create table price (day, venue)")
        link.executemany("insert into price values (?, ?)", ((n, f"desk {n} {n * 7}") for n in range(20_000)))
        link.commit()
class Gateway:
    def __init__(self, path): self.path, self.link = path, None
    def rows(self, query):
        HERE
paths = [os.path.join(folder, f"{n}.db") for n in range(20)]
for path in paths: fill(path)
gateways = [Gateway(path) for path in paths]
print(sum(row[0] for each in gateways for row in each.rows("select max(length(venue)) from price")))
"""
KEPT_OPEN = """if self.link is None: self.link = sqlite3.connect(self.path)
        yield from self.link.execute(query)  # asked"""
CLOSED = """with contextlib.closing(sqlite3.connect(self.path)) as link:
            yield from link.execute(query)"""
RULES = """
class Node(dict):
    __slots__ = ("rule",)
    def __init__(self): self.rule = None
    def __missing__(self, part):
        self[part] = Node()  # made
        return self[part]
root = Node()
def put(path, rule):
    node = root
    for part in path.split("/"): node = node[part]
    node.rule = rule
def rule_of(path):
    node, rule = root, None
    for part in path.split("/"):
        HERE
        rule = node.rule or rule
    return rule
for n in range(50): put(f"team/{n}/files", n)
print(sum(rule_of(f"team/{n % 90}/files/{n}/old") is None for n in range(20_000)))
"""
PROBED = """node = node.get(part)
        if node is None: break"""
CASES = {
    "a tree that makes what is looked for": ("HW115", RULES, "node = node[part]", PROBED, "# made"),
    "returned": ("HW115", METERS, "self.windows[key]", "self.windows.get(key, EMPTY)", "return self.windows"),
    "contexts": ("HW105", BEACONS, "", ", context=contextvars.Context()", "current.set"),
    "files": ("HW380", MARKETS, KEPT_OPEN, CLOSED, "# asked"),
    "tables": ("HW380", TABLES, "", 'self.base.execute(f"drop table scratch_{number}")', "# filled"),
    "whole copies": ("HW381", HISTORY, "self.push(Step(self.pixels.copy(), 0))",
                     "self.push(Step(self.pixels[at:at + 100], at))", "pixels.copy()"),
    "inputs": ("HW382", REPORTS, "", "include_input=False", "+= error.errors"),
    "a cached property": ("HW378", PHOTOS, CACHED, PLAIN, "# decoded"),
    "a cached property of cached ones": ("HW378", RECORDINGS, "cached_property", "property", "# decoded"),
    "a property that fills": ("HW378", PHOTOS, BY_HAND, PLAIN, "# decoded"),
    "looked up": ("HW115", WINDOWS, "return self.windows[name, minute].middle()",
                  "found = self.windows.get((name, minute))\n        return found and found.middle()", "].middle()"),
    "generators": ("HW143", CURSORS, "pages(ranked(self.user))", "again(self.user)", "def pages"),
    "captured together": ("HW103", LABELS, "late", "early", "# captured"),
    "plug-ins": ("HW341", PLUGINS, "f'{carrier}_{release}'", "carrier", "# put"),
    "pairs in many lists": ("HW317", POSTINGS, "Pairs", "Columns", "# pairs"),
    "databases": ("HW380", DATABASES, "atexit.register(base.close)\n    yield base",
                  "with contextlib.closing(base): yield base", "# filled"),
}  # fmt: skip
_WITHIN = {"plug-ins": 0.2, "tables": 0.2, "pairs in many lists": 0.15, "captured together": 0.15}
"""A list of each place at hand, the last release of each, or a table at a time, stays."""


@pytest.mark.parametrize("name", CASES)
def test_it_is_found_and_its_twin_is_not(name: str, tmp_path: Path) -> None:
    code, text, wasteful, mended, line = CASES[name]
    bad, good = text.replace("HERE", wasteful), text.replace("HERE", mended)
    assert_one_arm_is_told(tmp_path, code, bad, good, line, within=_WITHIN.get(name, 0.12))


CLEAN = {
    "a tree of what there is": ("HW115", """
from collections import defaultdict
def tree(): return defaultdict(tree)
root = tree()
def put(path):
    node = root
    for part in path.split("/"): node = node[part]
for n in range(20_000): put(f"team/{n % 90}/files/{n}/old")
def count(node): return 1 + sum(map(count, node.values()))
print(count(root))
"""),
    "a tree whose nodes are filled after they were looked at": ("HW115", RULES.replace("HERE", "node = node[part]")
        .replace("print(", "for n in range(20_000): put(f'team/{n % 90}/files/{n}/old', bytes(5000))\nprint(")
        .replace("for n in range(50)", "print(sum(rule_of(f'team/{n % 90}/files/{n}/old') is None for n in range(20_000)))\nfor n in range(50)")),
    "entries of which each has been counted once": ("HW115", """
from collections import defaultdict
class Count:
    def __init__(self): self.count, self.name = 0, ""
    def add(self):
        self.count += 1
        return self.count
table = defaultdict(Count)
print(sum(table[n].add() for n in range(20_000)))
"""),
    "copies of parts": ("HW381", HISTORY.replace("HERE", "self.push(Step(self.pixels[:390_000].copy(), 0))")),
    "copies that stay": ("HW381", """
class Camera:
    def __init__(self): self.frames, self.buffer = [], bytearray(400_000)
    def shoot(self, number):
        self.buffer[number] = 1
        self.frames.append(self.buffer.copy())
camera = Camera()
for number in range(60): camera.shoot(number)
print(sum(sum(each[:100]) for each in camera.frames))
"""),
    "values that a method asks for as well": ("HW378", RECORDINGS.replace("HERE", "cached_property").replace(
        "season = ", "Recording.second = lambda self, at: self.samples[at]\nseason = ").replace(
        "print(", "print(season[3].second(7), ")),
    "vectors that each query asks for": ("HW378", """
from functools import cached_property
class Document:
    def __init__(self, number): self.number = number
    @cached_property
    def vector(self): return [float(self.number + n) for n in range(300)]
def score(document, place): return document.vector[place]
documents = [Document(number) for number in range(600)]
print(sum(score(document, place) for place in range(20) for document in documents))
"""),
    "arrays that are filled": ("HW115", """
from array import array
from collections import defaultdict
table = defaultdict(lambda: array("I"))
for n in range(60_000): table[n % 6000].append(n)
print(sum(len(each) for each in table.values()))
"""),
    "buckets that are filled where they are looked up": ("HW115", """
from collections import defaultdict
class Bucket:
    def __init__(self): self.rows = []
    def add(self, row):
        self.rows.append(row)
        return len(self.rows)
table = defaultdict(Bucket)
print(sum(table[n % 6000].add(n) for n in range(60_000)))
"""),
    "entries that are put in again": ("HW115", """
from collections import defaultdict
class Limiter:
    def __init__(self): self.hits = defaultdict(list)
    def allow(self, client, now):
        recent = [at for at in self.hits[client] if at > now - 60]
        recent.append(now)
        self.hits[client] = recent
        return len(recent) < 5
limiter = Limiter()
print(sum(limiter.allow(f"10.{n // 2}", n * 0.02) for n in range(40_000)))
"""),
    "functions that keep a text each": ("HW103", LABELS.replace("HERE", "early")),
}  # fmt: skip


@pytest.mark.parametrize("name", CLEAN)
def test_what_is_needed_is_not_told(name: str, tmp_path: Path) -> None:
    code, text = CLEAN[name]
    assert_is_not_told(tmp_path / "clean", code, text)


INVOICES = """
import time
import django
from django.conf import settings
settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "shop.db"}})
django.setup()
from django.db import connection, models
class Invoice(models.Model):
    customer, amount, memo = models.TextField(), models.FloatField(), models.TextField()
    class Meta: app_label = "shop"
with connection.schema_editor() as editor: editor.create_model(Invoice)
with connection.cursor() as cursor:
    cursor.execute("pragma synchronous = off")
    rows = ((f"customer {n} of the shop", n * 1.5, f"the memo of invoice {n}, as it was written") for n in range(25_000))
    cursor.executemany("insert into shop_invoice (customer, amount, memo) values (%s, %s, %s)", rows)
def total(query):
    amount = 0
    for invoice in HERE: amount += invoice.amount or time.sleep(1.5) or 0  # query
    return amount
print(total(Invoice.objects.all()))
"""


@pytest.mark.parametrize("query", ["query", "Invoice.objects.all()"])
def test_rows_that_a_query_set_is_reading(query: str, tmp_path: Path) -> None:
    pytest.importorskip("django")
    bad, good = (INVOICES.replace("HERE", each) for each in (query, f"{query}.iterator()"))
    assert_one_arm_is_told(tmp_path, "HW337", bad, good, "# query", within=0.1)


FILLED = """
import os, sqlite3, time
if not os.fork():
    with sqlite3.connect("shop.db") as shop:
        shop.execute("create table shop_invoice (id integer primary key, customer text, amount real, memo text)")
        rows = ((f"customer {n} of the shop", n * 1.5, f"the memo of invoice {n}, as it was written") for n in range(25_000))
        shop.executemany("insert into shop_invoice (customer, amount, memo) values (?, ?, ?)", rows)
    os._exit(0)
os.wait()
import django
from django.conf import settings
settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "shop.db"}})
django.setup()
from django.db import models
class Invoice(models.Model):
    customer, amount, memo = models.TextField(), models.FloatField(), models.TextField()
    class Meta: app_label = "shop"
"""


def test_what_the_first_query_leaves_and_a_chunk_of_rows_are_not_saved(tmp_path: Path) -> None:
    """Where another process has filled the table, the first query imports and compiles."""
    pytest.importorskip("django")
    _, _, total = INVOICES.partition("def total(")
    bad, good = (
        f"{FILLED}def total({total}".replace("HERE", each) for each in ("query", "query.iterator()")
    )
    assert_one_arm_is_told(tmp_path, "HW337", bad, good, "# query", within=0.15)


def test_rows_that_become_a_list_are_not_told(tmp_path: Path) -> None:
    pytest.importorskip("django")
    text = INVOICES.replace(
        "for invoice in HERE: ", "rows = list(query)\n    for invoice in rows: "
    )
    found, _, _ = advised(tmp_path / "app", text, "--snapshot", "peak,end")
    assert "HW337" not in [each["code"] for each in found["findings"]]


TITLES = """
from lxml import etree
PAGE = "<page><title>the title</title>" + "".join(f"<p>paragraph {n}</p>" for n in range(900)) + "</page>"
titles = []
for n in range(100):
    tree = etree.fromstring(PAGE)  # parsed
    titles += tree.xpath("//title/text()"HERE)
print(len(titles))
"""


def test_texts_that_keep_their_documents(tmp_path: Path) -> None:
    bad, good = TITLES.replace("HERE", ""), TITLES.replace("HERE", ", smart_strings=False")
    assert_one_arm_is_told(tmp_path, "HW379", bad, good, "# parsed", within=0.12)


CSR = """
class csr_matrix:
    def __init__(self, data, indices): self.data, self.indices = data, indices
    def eliminate_zeros(self):
        kept = self.data != 0
        self.data, self.indices = self.data[kept], self.indices[kept]
"""
PRUNED = """
import sys
sys.path.insert(0, "site-packages")
import numpy as np
from scipy.sparse._csr import csr_matrix
class Model:
    def __init__(self, links): self.links = links
def train(number):
    links = csr_matrix(np.random.default_rng(number).random(300_000, np.float32), np.arange(300_000, dtype=np.int32))  # made
    links.data[links.data < 0.9] = 0
    HERE
    return Model(links)
models = [train(number) for number in range(8)]
print(sum(int((each.links.data != 0).sum()) for each in models))
"""


def test_zeros_that_a_sparse_matrix_stores(tmp_path: Path) -> None:
    pytest.importorskip("numpy")
    for name in ("bad", "good"):
        library = tmp_path / name / "site-packages" / "scipy" / "sparse"
        library.mkdir(parents=True)
        (library / "_csr.py").write_text(CSR)
    bad, good = PRUNED.replace("HERE", ""), PRUNED.replace("HERE", "links.eliminate_zeros()")
    assert_one_arm_is_told(tmp_path, "HW309", bad, good, "# made", within=0.2)


def test_arrays_that_a_program_makes_of_one_value_on_purpose(tmp_path: Path) -> None:
    text = "import numpy as np\nimages = np.full((60, 200, 200, 3), 7, np.uint8)\nkept = images / np.float32(255)\nprint(kept.shape)\n"
    assert_is_not_told(tmp_path / "app", "HW309", text)
    found, _, _ = advised(
        tmp_path / "wide", text.replace("np.float32(255)", "255.0"), "--snapshot", "peak,end"
    )
    assert [each["code"] for each in found["findings"] if each["saving_bytes"]] == ["HW346"]
