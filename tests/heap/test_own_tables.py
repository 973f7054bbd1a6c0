"""Tables of a program's own whose entries stay when they are done with."""

from __future__ import annotations

from pathlib import Path

import pytest

from heapwise.findings import hw350_fixtures
from heapwise.model.snapshot import Snapshot
from tests.conftest import python
from tests.heap.test_whole_programs import advised, assert_is_not_told, assert_one_arm_is_told

TWO_TABLES = """
class Connection:
    def __init__(self, number, user): self.number, self.user, self.inbox = number, user, bytearray(100_000)
class Registry:
    def __init__(self): self.by_number, self.by_user = {}, {}
    def add(self, conn):
        self.by_number[conn.number] = conn
        self.by_user.setdefault(conn.user, []).append(conn)
    def remove(self, conn):
        del self.by_number[conn.number]
        HERE
registry = Registry()
for n in range(150):
    conn = Connection(n, n % 40)
    registry.add(conn)
    registry.remove(conn)
print(len(registry.by_number))
"""
HOURS = """
import heapq
class Answer:
    __slots__ = ("name", "until", "records")
    def __init__(self, name, until): self.name, self.until, self.records = name, until, bytearray(30_000)
class Cache:
    def __init__(self): self.table, self.hours, self.count = {}, [], 0
    def store(self, name, now):
        self.table[name] = answer = Answer(name, now + 5000)
        self.count += 1
        heapq.heappush(self.hours, (answer.until, self.count, HERE))
    def drop(self, name): self.table.pop(name, None)
    def swept(self, now):
        while self.hours and self.hours[0][0] <= now:
            name = heapq.heappop(self.hours)[2]
            self.table.pop(getattr(name, "name", name), None)
cache = Cache()
for now in range(600):
    cache.store(now % 20, now)
    if now % 7 == 0: cache.drop(now % 20)
    cache.swept(now)
print(len(cache.hours), len(cache.table))
"""
MARKED = """
import heapq
class Job:
    def __init__(self, when, load): self.when, self.load, self.cancelled = when, load, False
    def __lt__(self, other): return self.when < other.when
class Scheduler:
    def __init__(self): self.heap, self.now = [], 0
    def at(self, when, load):
        heapq.heappush(self.heap, job := Job(when, load))
        return job
    def cancel(self, job):
        job.cancelled = True
        HERE
    def run(self):
        ran = 0
        while self.heap and self.heap[0].when <= self.now:
            job = heapq.heappop(self.heap)
            if not job.cancelled: ran += len(job.load)
        return ran
scheduler, done = Scheduler(), 0
for n in range(150):
    job = scheduler.at(n + 3600, bytearray(100_000))
    scheduler.now = n
    done += scheduler.run()
    scheduler.cancel(job)
print(done)
"""
SCOPES = """
class Hub:
    def __init__(self): self.scopes = [{}]
    def push(self, **extra): self.scopes.append({**self.scopes[0], **extra})
    def pop(self): self.scopes.pop()
hub = Hub()
def handle(n):
    hub.push(body=bytearray(100_000))
    HERE
def served(n):
    if n % 5: raise PermissionError(n)
    return len(hub.scopes[-1]["body"])
total = 0
for n in range(200):
    try: total += handle(n)
    except PermissionError: pass
print(total)
"""
CHECKS = """
import unittest
class Check(unittest.TestCase):
    def __init__(self, method, number):
        super().__init__(method)
        self.number = number
    def setUp(self): self.scan = bytearray(100_000 + self.number)  # made
    HERE
    def test_size(self): self.assertLess(len(self.scan), 10, "too large")
    def test_grid(self): self.skipTest(f"{self.number} has no grid")
result = unittest.TestResult()
for number in range(120):
    suite = unittest.TestSuite(Check(name, number) for name in ("test_size", "test_grid"))
    suite.run(result)
print(len(result.failures), len(result.skipped))
"""
FIXTURES = """
import io, unittest
class Stored(unittest.TestCase):
    size = 0
    @classmethod
    def setUpClass(cls): cls.rows = bytearray(cls.size)
    HERE
    def test_size(self): self.assertEqual(len(self.rows), self.size)
class Orders(Stored): size = 6_000_000
class Prices(Stored): size = 7_000_000
class Stock(Stored): size = 5_000_000
suite = unittest.TestSuite(unittest.defaultTestLoader.loadTestsFromTestCase(each) for each in (Orders, Prices, Stock))
print(unittest.TextTestRunner(stream=io.StringIO()).run(suite).testsRun)
"""
EXPIRED = """
class Sessions:
    def __init__(self): self.entries = {}
    def get(self, key, now):
        entry = self.entries.get(key)
        if entry is not None and now >= entry[0]:
            del self.entries[key]
            return None
        return entry
    def put(self, key, value, now):
        HERE
        self.entries[key] = (now + 5, value)
sessions, missed = Sessions(), 0
for now in range(150):
    if sessions.get(str(now), now) is None:
        missed += 1
        sessions.put(str(now), bytearray(100_000), now)
print(missed)
"""
SWEEP = "while self.entries and now >= next(iter(self.entries.values()))[0]: del self.entries[next(iter(self.entries))]"
BY_CLOCK = """
import itertools
class Sessions:
    def __init__(self, clock): self.clock, self.entries = clock, {}
    def get(self, key):
        entry = self.entries.get(key)
        if entry is None: return None
        if entry["until"] < self.clock():
            del self.entries[key]
            return None
        return entry
    def put(self, key):
        HERE
        self.entries[key] = {"until": self.clock() + 30, "body": bytearray(100_000)}
sessions, found = Sessions(itertools.count().__next__), 0
for number in range(150):
    sessions.put(str(number))
    found += sessions.get(str(number)) is not None
print(found)
"""
SWEEP_CLOCK = (
    "[self.entries.pop(k) for k in [*self.entries] if self.entries[k]['until'] < self.clock() + 2]"
)
LOOKUPS = """
class Parser:
    lookups = {}
    def __init__(self, url): self.url = url
    def parse(self, count):
        for number in range(count):
            HERE
        return count
print(sum(Parser(f"https://host/{n}").parse(200) for n in range(600)))
"""
FRESH = """
class Tokens:
    def __init__(self): self.entries, self.ttl = {}, 10
    def get(self, key, now):
        hit = self.entries.get(key)
        if hit and now - hit[0] < self.ttl: return hit[1]
        HERE
        self.entries[key] = (now, bytearray(30_000))
        return self.entries[key][1]
tokens = Tokens()
print(sum(len(tokens.get(str(now), now)) for now in range(600)))
"""
SWEEP_FRESH = "while self.entries and now - next(iter(self.entries.values()))[0] >= self.ttl: del self.entries[next(iter(self.entries))]"
LAST = """
class Window:
    def __init__(self): self.history = []
    def mean(self, reading):
        self.history.append(reading)
        HERE
        return sum(len(each) for each in self.history[-20:]) / 20
window = Window()
print(sum(window.mean(bytearray(100_000)) for n in range(150)))
"""
UNREAD = """
class Monitor:
    def __init__(self): self.history = []
    def observe(self, reading):
        HERE
        self.history.append(reading)
    def last(self): return self.history[-1]
monitor = Monitor()
for n in range(150): monitor.observe(bytearray(100_000))
print(len(monitor.last()))
"""
SPANS = """
import re
class Span:
    __slots__ = ("doc", "start", "end", "found")
    def __init__(self, doc, start, end): self.doc, self.start, self.end, self.found = doc, start, end, None
    @property
    def text(self): return self.found or self.doc.text[self.start:self.end]
class Document:
    def __init__(self, text): self.text = text
    def spans(self):
        for m in re.finditer("[A-Z]+-[0-9]+", self.text): yield Span(self, m.start(), m.end())
mentions = []
for n in range(150):
    for span in Document(f"order INV-{n} was paid, " + "and it was sent on " * 6000).spans():
        HERE
        mentions.append(span)
print(len({each.text for each in mentions}))
"""
LIMITER = """
from collections import defaultdict
class Limiter:
    def __init__(self): self.hits, self.swept = defaultdict(list), 0.0
    def allow(self, client, now):
        HERE
        recent = [t for t in self.hits[client] if t > now - 5]
        recent.append(now)
        self.hits[client] = recent
        return len(recent) < 4
limiter = Limiter()
print(sum(limiter.allow(f"client {n}", n / 100) for n in range(90_000)))
"""
SWEPT = """if now > self.swept + 1:
            self.swept, self.hits = now, defaultdict(list, {k: v for k, v in self.hits.items() if v[-1] > now - 5})"""
DERIVED = LIMITER.replace("HERE", "pass").replace(
    "limiter = Limiter()",
    """class Sweeping(Limiter):
    def allow(self, client, now):
        for each in [k for k, v in self.hits.items() if v[-1] <= now - 5]: del self.hits[each]
        return super().allow(client, now)
limiter = HERE()""",
)
BEST = """
import copy
class Stopping:
    def __init__(self): self.seen = []
    def update(self, loss, weights):
        HERE
        self.seen.append((loss, copy.deepcopy(weights)))
    def best(self): return min(self.seen, key=lambda pair: pair[0])
stopping, weights = Stopping(), [0.5] * 12_000
for epoch in range(150): stopping.update((epoch - 31) ** 2, weights)
print(stopping.best()[0])
"""
BEST_NATIVE = """
import time
from PIL import Image
class Search:
    def __init__(self): self.trials = []
    def run(self):
        for n in range(12):
            found = Image.new("RGB", (1000, 1000 + n))
            HERE
            self.trials.append((n * 7 % 11, found))
    def best(self): return max(self.trials, key=lambda trial: trial[0])
search = Search()
search.run()
print(search.best()[0])
time.sleep(0.3)
"""
CLASS = """
class Importer:
    rejected = []
    def __init__(self, source): HERE
    def load(self, rows):
        for row in rows: self.rejected.append(row)
        return 1
print(sum(Importer(n).load(bytearray(10_000) for _ in range(10)) for n in range(150)))
"""
WEAK = """
import weakref
class Settings:
    def __init__(self): self.listeners = MADE
    def watch(self, widget): self.listeners.HERE
class Row:
    def __init__(self, settings): settings.watch(self)
settings = Settings()
print(sum(Row(settings) is not None for n in range(60_000)))
"""
SKIPPED = MARKED.replace(
    "self.heap[0].when <= self.now:", "(self.heap[0].when <= self.now or self.heap[0].cancelled):"
).replace(
    "scheduler, done = Scheduler(), 0", "scheduler, done = Scheduler(), 0\nscheduler.at(3000, b'')"
)
CURSORS = """
class Api:
    def __init__(self): self.cursors = {}
    def pages(self, n):
        hits = [f"{n}.{k}" * 50 for k in range(300)]
        for start in range(0, len(hits), 20): yield hits[start:start + 20]
    def search(self, n):
        HERE
        return next(self.cursors[n])
api = Api()
print(sum(len(api.search(n)) for n in range(120)))
"""
VARIABLES = """
import contextvars
shared = contextvars.ContextVar("shared")
class Job:
    def __init__(self, n): self.scratch = HERE
    def run(self):
        self.scratch.set(bytearray(100_000))
        return len(self.scratch.get())
print(sum(Job(n).run() for n in range(150)))
"""
CASES = {
    "limiter": ("HW351", LIMITER, "pass", SWEPT, "recent"),
    "limiter, of which another is derived": ("HW351", DERIVED.replace("90_000", "60_000"), "Limiter", "Sweeping", "recent"),
    "best": ("HW353", BEST, "pass", "self.seen = sorted(self.seen)[:1]", "self.seen.append"),
    "best, of what is in native memory": (
        "HW353", BEST_NATIVE, "pass", "self.trials = sorted(self.trials, key=lambda trial: trial[0])[-1:]", "trials.append"),
    "class": ("HW354", CLASS, "pass", "self.rejected = []", "self.rejected.append"),
    "weak": ("HW355", WEAK.replace("MADE", "[]"), "append(weakref.ref(widget))", "clear()", "self.listeners."),
    "cursors": ("HW143", CURSORS, "self.cursors[n] = self.pages(n)", "self.cursors = {n: self.pages(n)}", "self.cursors[n] ="),
    "variables": ("HW105", VARIABLES, 'contextvars.ContextVar(f"job {n}")', "shared", "self.scratch ="),
    "two tables": ("HW347", TWO_TABLES, "pass", "self.by_user.pop(conn.user)", "self.by_user.set"),
    "hours": ("HW347", HOURS, "answer", "name", "heapq.heappush"),
    "marked": ("HW348", MARKED, "pass", "job.load = b''", "heapq.heappush"),
    "marked, and skipped": ("HW348", SKIPPED, "pass", "job.load = b''", "heapq.heappush"),
    "scopes": ("HW349", SCOPES, "n = served(n); hub.pop(); return n", "try: return served(n)\n    finally: hub.pop()",
               "def push"),
    "fixtures of tests that a result keeps": ("HW350", CHECKS, "", "def tearDown(self): del self.scan", "# made"),
    "fixtures": ("HW350", FIXTURES, "", "@classmethod\n    def tearDownClass(cls): del cls.rows", "setUpClass"),
    "expired": ("HW351", EXPIRED, "pass", SWEEP, "self.entries[key] = "),
    "fresh": ("HW351", FRESH, "pass", SWEEP_FRESH, "self.entries[key] = "),
    "expired by a clock": ("HW351", BY_CLOCK, "pass", SWEEP_CLOCK, "self.entries[key] = "),
    "unread, with its keys": ("HW353", LOOKUPS, "self.lookups[self.url, f'n{number}'] = number", "pass", "self.lookups["),
    "last": ("HW353", LAST, "pass", "self.history = self.history[-20:]", "self.history.append"),
    "unread": ("HW353", UNREAD, "pass", "self.history.clear()", "self.history"),
    "slices": ("HW339", SPANS, "pass", "span.found, span.doc = span.text, None", "yield Span"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_stays_in_a_table_is_found_and_its_twin_is_not(name: str, tmp_path: Path) -> None:
    code, text, wasteful, mended, line = CASES[name]
    bad, good = text.replace("HERE", wasteful), text.replace("HERE", mended)
    assert_one_arm_is_told(tmp_path, code, bad, good, line)


def test_what_a_class_of_tests_has_just_made_is_the_one_in_use(tmp_path: Path) -> None:
    """The snapshot is taken before the data of the last class has its name."""
    path = tmp_path / "a.peak.snapshot.hw"
    look = f"(bytearray(cls.size), cls is Stock and heapwise.snapshot({str(path)!r}))[0]"
    text = FIXTURES.replace("HERE", "").replace("bytearray(cls.size)", look)
    python(text.replace("import io", "import heapwise, io"))
    [finding] = hw350_fixtures.scan(Snapshot.open(path))
    assert finding.saving_bytes == pytest.approx(11_000_000, rel=0.01)


EVENTS = """
import heapq, random
class Customer:
    def __init__(self, n): self.n, self.items = n, bytearray(3000)
class Shop:
    def __init__(self): self.events, self.active, self.count, self.dice = [], {}, 0, random.Random(1)
    def schedule(self, when, kind, customer):
        self.count += 1
        heapq.heappush(self.events, (when, self.count, customer, kind))
    def run(self, until):
        while self.events and self.events[0][0] < until:
            when, _, customer, kind = heapq.heappop(self.events)
            if kind == "comes":
                self.active[customer.n] = customer
                self.schedule(when + 50 * self.dice.random(), "goes", customer)
            else: del self.active[customer.n]
shop = Shop()
for n in range(6000): shop.schedule(2000 * shop.dice.random(), "comes", Customer(n))
shop.run(600)
print(len(shop.events), len(shop.active))
shop.run(700)
"""
ALL_WAIT = HOURS.replace("HERE", "answer").replace(
    "cache.store(now % 20, now)", "cache.store(now, now)"
)


@pytest.mark.parametrize("text", [EVENTS, ALL_WAIT.replace("if now % 7 == 0", "if now > 1000")])
def test_a_queue_of_what_is_to_come_is_not_told(text: str, tmp_path: Path) -> None:
    """Its table has what is under way, which comes out of the queue and goes in again; or all that waits."""
    assert_is_not_told(tmp_path / "app", "HW347", text)


NEEDED = """
class Order:
    def __init__(self, n, lines): self.n, self.lines, self.closed = n, lines, False
class Shop:
    def __init__(self): self.orders, self.by_day, self.log, self.stack = {}, {}, [], [0]
    def add(self, order):
        self.orders[order.n] = order
        self.by_day.setdefault(order.n % 7, []).append(order)
    def close(self, n):
        self.orders[n].closed = True
        self.log.append(self.orders[n].lines)
        self.stack.append(bytearray(100_000))
    def drop(self, n):
        order = self.orders.pop(n)
        self.on_day(n).remove(order)
    def on_day(self, n): return self.by_day[n % 7]
    def closed(self): return sum(len(order.lines) for order in self.orders.values() if order.closed)
    def logged(self): return sum(map(len, self.log))
    def walk(self):
        total = 0
        while self.stack: total += len(self.stack.pop() or b"")
        return total
shop = Shop()
for n in range(120):
    shop.add(Order(n, bytearray(100_000)))
    shop.close(n)
shop.drop(3)
print(shop.closed(), shop.logged())
"""


def test_tables_that_are_read_or_emptied_are_not_told(tmp_path: Path) -> None:
    found, _, _ = advised(tmp_path / "app", NEEDED, "--snapshot", "peak,end")
    assert not {f"HW{n}" for n in range(347, 354)} & {each["code"] for each in found["findings"]}


BLOCKS = """
import functools
class Terrain:
    def __init__(self, seed): self.seed = seed
    @functools.lru_cache(maxsize=BOUND)
    def block(self, x): return bytearray(40_000)
lands = [Terrain(n) for n in range(COUNT)]
print(sum(len(lands[n % COUNT].block(n // 50 % 300)) for n in range(20_000)))
"""


@pytest.mark.parametrize(("bound", "count"), [("400", "2"), ("None", "2"), ("400", "90")])
def test_a_cache_of_few_instances_that_is_hit(bound: str, count: str, tmp_path: Path) -> None:
    text = BLOCKS.replace("BOUND", bound).replace("COUNT", count)
    found, _, _ = advised(tmp_path / "app", text, "--snapshot", "peak,end")
    told = "HW112" in {each["code"] for each in found["findings"]}
    assert told is ((bound, count) != ("400", "2"))


RETURNED = """
import time
def served():
    cache = {}
    def get(key, now):
        hit = cache.get(key)
        if hit and now - hit[0] < 10: return hit[1]
        SWEEP
        page = bytearray(20_000)
        cache[key] = now, page
        return page
    total = sum(len(get(f"token {now}", now)) for now in range(1000))
    print(total)
    return cache
kept = served()
"""


def test_what_a_function_returns_to_where_nobody_asks_for_it(tmp_path: Path) -> None:
    swept = "while cache and now - cache[old := next(iter(cache))][0] >= 10: del cache[old]"
    assert_one_arm_is_told(
        tmp_path, "HW351", RETURNED.replace("SWEEP", "pass"), RETURNED.replace("SWEEP", swept), "cache[key] ="
    )  # fmt: skip
    (tmp_path / "read").mkdir()
    read = RETURNED.replace("SWEEP", "pass") + "print(sum(len(page) for _, page in kept.values()))"
    assert_is_not_told(tmp_path / "read", "HW351", read)
    inside = RETURNED.replace("SWEEP", "pass").replace(
        "    print(total)",
        "    def all(): return cache\n    print(total + sum(len(page) for _, page in all().values()))",
    )
    (tmp_path / "inside").mkdir()
    assert_is_not_told(tmp_path / "inside", "HW351", inside)


SEEN = """
class Scan:
    def __init__(self): self.seen, self.doubles = HERE, 0
    def add(self, name):
        self.doubles += name in self.seen
        self.seen.ADD(name)
scan = Scan()
for n in range(COUNT): scan.add(f"{n // 2:07d}" + "x" * LENGTH)
print(scan.doubles)
"""


@pytest.mark.parametrize(
    ("kind", "adds", "count", "length"),
    [("set()", "add", 200_000, 60), ("[]", "append", 1500, 20_000)],
)
def test_entries_that_are_looked_for_are_read(
    kind: str, adds: str, count: int, length: int, tmp_path: Path
) -> None:
    text = SEEN.replace("HERE", kind).replace("ADD", adds)
    text = text.replace("COUNT", str(count)).replace("LENGTH", str(length))
    assert_is_not_told(tmp_path / "app", "HW353", text)
