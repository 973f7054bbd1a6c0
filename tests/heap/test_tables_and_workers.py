"""Tables whose entries nobody finds again, workers that hold what they did last, and callbacks that nobody drops."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.heap.test_whole_programs import advised, assert_is_not_told, assert_one_arm_is_told

EXITS = """
import atexit, weakref
class Session:
    def __init__(self):
        self.output = bytearray()
        self.connected = True
        HERE
    def run(self): self.output += b"unit active " * 20_000
    def close(self): self.connected = False
for n in range(60):
    session = Session()
    session.run()
    session.close()
print(n)
"""
THREADS = """
import threading
class Request(threading.Thread):
    def __init__(self, body):
        super().__init__()
        self.body, self.total = body, 0
    def run(self): self.total = len(self.body)
class Server:
    def __init__(self): self.threads, self.count = [], 0
    def handle(self, body):
        thread = Request(body)
        HERE
        self.threads.append(thread)
        thread.start()
        thread.join()
        self.count += thread.total
server = Server()
for n in range(120): server.handle(bytearray(200_000))
print(server.count)
"""
JARS = """
from http.cookiejar import CookieJar
import weakref
class Sizes:
    def __init__(self): self.by_jar = HERE
    def note(self, jar): self.by_jar[jar] = bytearray(200_000)
    def size(self, jar): return len(self.by_jar[jar])
sizes, total = Sizes(), 0
for n in range(80):
    jar = CookieJar()
    sizes.note(jar)
    total += sizes.size(jar)
print(total)
"""
NANS = """
import math
class Tariff:
    def __init__(self): self.steps = {}
    def of(self, zone, weight):
        HERE
        key = zone, weight
        if key not in self.steps:
            self.steps[key] = [zone + month * 0.01 for month in range(24)]
        return self.steps[key]
tariff, total = Tariff(), 0.0
for n in range(8000): total += tariff.of(n % 7, float("nan" if n % 3 else n % 50))[3]
print(round(total))
"""
WORKERS = """
import queue, threading, time
class Pool:
    def __init__(self):
        self.jobs, self.sums = queue.Queue(), {}
        self.threads = [threading.Thread(target=self.work, daemon=True) for _ in range(4)]
        for thread in self.threads: thread.start()
    def work(self):
        while True:
            number = self.jobs.get()
            scan = bytearray(6_000_000 + number)
            self.sums[number] = len(scan)
            HERE
            self.jobs.task_done()
pool = Pool()
for number in range(12):
    pool.jobs.put(number)
    pool.jobs.join()
    time.sleep(0.02)
rest = bytearray(8_000_000)  # with which the peak is looked at, while all wait
time.sleep(0.1)
print(sum(pool.sums.values()))
"""
READ_BY_WORKERS = WORKERS.replace("bytearray(6_000_000 + number)", "read(number)").replace("class Pool", """
def read(number):
    block = bytearray(6_000_000 + number)
    time.sleep(0.03)
    return block
class Pool""")  # fmt: skip
TOPIC = """
class Topic:
    def __init__(self): self.events, self.offsets = [], {}
    def subscribe(self, reader): self.offsets[reader] = len(self.events)
    def publish(self, event): self.events.append(event)
    def poll(self, reader):
        news = self.events[self.offsets[reader]:]
        self.offsets[reader] = len(self.events)
        HERE
        return news
topic, seen = Topic(), 0
topic.subscribe("billing")
for n in range(8000):
    topic.publish(b"%08d" % n + bytes(2000))
    if n % 100 == 99: seen += sum(map(len, topic.poll("billing")))
print(seen)
"""
MEMO = """
import collections
class Pages:
    def __init__(self): self.pages = collections.OrderedDict()
    def get(self, url):
        page = self.pages.get(url)
        if page is None:
            page = rendered(url)
            self.pages[url] = page
            HERE
        return page
def rendered(url): return f"<h1>{url}</h1>" + "text " * 500
pages, sent = Pages(), 0
for n in range(8000): sent += len(pages.get(f"/guide/{n}"))
print(sent)
"""
WINDOWS = """
from collections import deque
class Window:
    def __init__(self): self.speeds = HERE
    def add(self, speed):
        self.speeds.append(speed)
        if len(self.speeds) > 5: del self.speeds[0]
windows = [Window() for _ in range(10_000)]
for n in range(30_000): windows[n % 10_000].add(n % 121 if n % 2 else "stopped")
print(sum(len(window.speeds) for window in windows))
"""
TOKENS = """
import contextvars
statement = contextvars.ContextVar("statement")
class Job:
    def __init__(self, n): self.token = statement.set(bytearray(100_000) + b"%d" % n)
    def close(self): HERE
jobs = []
for n in range(120):
    jobs.append(Job(n))
    jobs[-1].close()
print(len(jobs))
"""
LINKS = """
class Pages:
    def __init__(self): self.pages = {}
    def put(self, url):
        page = self.pages[HERE] = rendered(int(url.partition("?")[0]))
        return page
def rendered(page): return f"<h1>{page}</h1>" + "text " * 500
pages, sent = Pages(), 0
for n in range(6000): sent += len(pages.put(f"{n % 60}?click={n}"))
print(sent)
"""
READ_ONCE = """
class Table:
    def __init__(self, n): self.rows, self.names = [n, *range(1500)], ["a"]
class Summary:
    def __init__(self, table):
        self.table = table
        self.total = sum(self.table.rows)
        HERE
    def __str__(self): return f"{self.total} {self.table.names[0]}"
class Small:
    def __init__(self, table): self.names = table.names
history = [Summary(Table(n)) for n in range(60)]
print(len({str(each) for each in history}))
"""
CHAIN = """
class Forwarder:
    def __init__(self): self.last, self.dropped = None, 0
    def deliver(self, batch): raise ValueError(f"refused {len(batch)} bytes") from HERE
    def forward(self, n):
        batch = bytes([n % 251]) * 200_000
        try: self.deliver(batch)
        except ValueError as error:
            self.dropped += 1
            self.last = error
forwarder = Forwarder()
for n in range(100): forwarder.forward(n)
print(forwarder.dropped, forwarder.last)
"""
PLANS = """
import functools
class Planner:
    def __init__(self): self.best = functools.lru_cache(maxsize=None)(self.found)
    def found(self, order, index): return bytes(400 + order % 7 + index % 5)
    def plan(self, order):
        total = sum(len(self.best(order, index)) for index in range(200))
        HERE
        return total
planner = Planner()
print(sum(planner.plan(order) for order in range(200)))
"""
EVENTS = """
import threading
class Request:
    def __init__(self, n): self.n, self.made = n, None
    @property
    def done(self):
        if self.made is None: self.made = threading.Event()
        return self.made
    def start(self): HERE
requests = [Request(n) for n in range(8000)]
for each in requests: each.start()
print(sum(each.n for each in requests))
"""
QUEUES = """
import asyncio
class Session:
    def __init__(self):
        HERE
    def tell(self, text):
        if self.outbox is None: self.outbox = asyncio.Queue()
        self.outbox.put_nowait(text)
    async def sent(self):
        count = 0
        while self.outbox is not None and not self.outbox.empty(): count += len(await self.outbox.get())
        return count
sessions = []
async def main():
    for n in range(3000): sessions.append(Session())
    await asyncio.sleep(0.3)
    for n in range(0, 3000, 100): sessions[n].tell("hello")
    print(sum([await each.sent() for each in sessions]))
asyncio.run(main())
"""
CASES = {
    "chain of causes": ("HW121", CHAIN, "self.last", "None", "self.last = error"),
    "cache without bound": ("HW111", PLANS, "pass", "self.best.cache_clear()", "bytes(400"),
    "tokens": ("HW105", TOKENS, "pass", "statement.reset(self.token); self.token = None", "statement.set"),
    "copies in a table": ("HW307", LINKS, "url", "url.partition('?')[0]", "self.pages["),
    "read in a constructor": ("HW339", READ_ONCE, "pass", "self.table = Small(table)", "self.table = table"),
    "exits": ("HW155", EXITS, "atexit.register(self.close)", "weakref.finalize(self, print, end='')", "atexit."),
    "threads": ("HW152", THREADS, "", "self.threads.clear()", "self.threads.append"),
    "keys of a library": ("HW134", JARS, "{}", "weakref.WeakKeyDictionary()", "self.by_jar[jar] ="),
    "never equal": ("HW361", NANS, "pass", "weight = None if math.isnan(weight) else weight", "self.steps[key] ="),
    "workers": ("HW362", WORKERS, "pass", "del scan", "scan = "),
    "workers that read": ("HW362", READ_BY_WORKERS, "pass", "del scan", "scan = "),
    "cursors": ("HW363", TOPIC, "pass", "del self.events[:self.offsets[reader]]; self.offsets[reader] = 0", "append"),
    "memo": ("HW364", MEMO, "pass", "if len(self.pages) > 128: self.pages.popitem(last=False)", "self.pages[url] ="),
    "events": ("HW396", EVENTS, "self.made = threading.Event()", "pass", "threading.Event()"),
    "queues that are asked first": ("HW396", QUEUES, "self.outbox = asyncio.Queue()", "self.outbox = None",
                                    "self.outbox = asyncio.Queue()"),
    "windows": ("HW365", WINDOWS, "deque()", "[]", "self.speeds = "),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_stays_is_found_and_its_twin_is_not(name: str, tmp_path: Path) -> None:
    code, text, wasteful, mended, line = CASES[name]
    bad, good = text.replace("HERE", wasteful), text.replace("HERE", mended)
    assert_one_arm_is_told(tmp_path, code, bad, good, line)


EQUAL_KEYS = JARS.replace("from http.cookiejar import CookieJar", """
class CookieJar:
    def __init__(self): self.n = len(made)
    def __eq__(self, other): return self.n == other.n
    def __hash__(self): return self.n
made = []""").replace("HERE", "{}")  # fmt: skip
USED_LATER = WORKERS.replace("            scan = bytearray", "            HELD = scan = bytearray").replace(
    "        while True:", "        scan = bytearray(6_000_000)\n        while True:"
).replace("HELD = scan = bytearray(6_000_000 + number)", "size = len(scan) + number").replace(
    "len(scan)\n            HERE", "size\n            pass"
)  # fmt: skip
READ_AGAIN = TOPIC.replace("HERE", "pass").replace(
    "    def poll", "    def first(self): return self.events[0]\n    def poll"
)
FILLED_ELSEWHERE = MEMO.replace("            HERE\n", "").replace(
    "    def get(self, url):\n", "    def all(self): return sum(len(page) for page in self.pages.values())\n    def get(self, url):\n"
)  # fmt: skip
AT_WORK = """
import queue
def work(jobs):
    total = 0
    while True:
        number = jobs.get()
        if not number: return total
        scan = bytearray(20_000_000 + number)
        total += sum(scan[:8_000_000]) + len(scan)
jobs = queue.Queue()
for number in (1, 2, 0): jobs.put(number)
print(work(jobs))
"""
WAITED = """
import asyncio
class Job:
    def __init__(self, n): self.n, self.done = n, asyncio.Event()
    async def run(self): await self.done.wait(); return self.n
async def main():
    jobs = [Job(n) for n in range(5_000)]
    waiting = [asyncio.ensure_future(job.run()) for job in jobs]
    await asyncio.sleep(0.1)
    for job in jobs: job.done.set()
    return sum(await asyncio.gather(*waiting))
print(asyncio.run(main()))
"""
DIALOGUES = """
class Bot:
    def __init__(self): self.open, self.letters = {}, 0
    def survey(self, user):
        questions, points = [f"@{user}: question {n} of {n * user}" for n in range(6)], 0
        for each in questions: points += yield each
        return points
    def start(self, user):
        self.open[user] = self.survey(user)
        self.letters += len(next(self.open[user]))
    def answer(self, user): self.letters += len(self.open[user].send(1))
bot = Bot()
for user in range(2_000): bot.start(user)
for user in range(0, 2_000, 3): bot.answer(user)
print(bot.letters)
"""
CLEAN = {
    "dialogues that go on": ("HW143", DIALOGUES),
    "a table that is filled first": ("HW364", DIALOGUES),
    "workers at work": ("HW362", AT_WORK),
    "workers that need their last": ("HW362", WORKERS.replace("        while True:", "        before = b''\n        while True:")
                                     .replace("HERE", "before = scan")),
    "keys with an equality": ("HW134", EQUAL_KEYS),
    "keys that differ": ("HW361", NANS.replace('"nan" if n % 3 else n % 50', "n").replace("HERE", "pass")),
    "locals from before the loop": ("HW362", USED_LATER),
    "lists that are read again": ("HW363", READ_AGAIN),
    "tables that are gone through": ("HW364", FILLED_ELSEWHERE),
    "events that are waited for": ("HW396", WAITED),
    "queues that are waited for": ("HW396", QUEUES.replace("HERE", "self.outbox = asyncio.Queue()")
        .replace("not self.outbox.empty()", "self in sessions[::100] and not count")),
    "queues that are waited for while they are empty": ("HW396", QUEUES.replace("HERE", "self.outbox = asyncio.Queue()")
        .replace("while self.outbox is not None and not self.outbox.empty(): count", "for _ in range(0):\n            if self.outbox.empty(): count")),
    "deques of a library": ("HW365", EVENTS.replace("HERE", "self.made = threading.Event()")),
    "long deques": ("HW365", WINDOWS.replace("HERE", "deque(range(100))").replace("> 5", "> 500")),
}  # fmt: skip


@pytest.mark.parametrize("name", CLEAN)
def test_what_is_needed_is_not_told(name: str, tmp_path: Path) -> None:
    code, text = CLEAN[name]
    assert_is_not_told(tmp_path / "clean", code, text)


RETRIES = """
import gc
def read(n): return bytes([n % 251]) * 700_000
def decoded(block):
    if block: raise ValueError(f"begins with {block[0]}")
def fetched(n):
    last = None
    block = read(n)
    try: decoded(block)
    except ValueError as error:
        last = HERE
    return str(last)
print(len({fetched(n) for n in range(90)}))
gc.collect()
"""


def test_an_exception_that_its_own_frame_keeps_is_named(tmp_path: Path) -> None:
    bad, good = RETRIES.replace("HERE", "error"), RETRIES.replace("HERE", "str(error)")
    assert_one_arm_is_told(tmp_path, "HW131", bad, good, "last = error")


MATRICES = """
def loadmat(path, variable_names=("rpm", "torque", "speed", "heat")):
    found = {}
    for name in variable_names:
        found[name] = bytearray(4_000_000)
        sum(range(6_000_000))
    return found
"""
ENGINE = """
from matrices import loadmat
def speed(path):
    recording = loadmat(pathHERE)
    work = [bytearray(1000) for n in range(2000)]
    return len(recording["rpm"]) + len(recording.get("heat", b""))
print(speed("x.mat"))
"""


def install(matrices: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that loads files of matrices, for programs that run from now on."""
    library = place / "site-packages"
    library.mkdir()
    (library / "matrices.py").write_text(matrices)
    monkeypatch.setenv("PYTHONPATH", str(library), prepend=os.pathsep)


@pytest.mark.parametrize("asked", ["", ", variable_names=('rpm', 'heat')"])
def test_variables_that_nobody_asks_for_are_told(
    asked: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(MATRICES, tmp_path, monkeypatch)
    found, _, said = advised(
        tmp_path / "app", ENGINE.replace("HERE", asked), "--snapshot", "peak,end"
    )
    assert said == "8000000\n"
    told = [each for each in found["findings"] if each["code"] == "HW366"]
    assert [each["line"] for each in told] == ([] if asked else [4])
    assert all(each["saving_bytes"] == pytest.approx(8_000_000, rel=0.05) for each in told)


@pytest.mark.parametrize("made", ["torque", "speed"])
def test_variables_that_were_made_after_the_snapshot(
    made: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some of them are read: they are there at the peak, and not in the snapshot of the way to it."""
    text = MATRICES.replace("def load", "import heapwise\ndef load").replace(
        "        sum",
        f"        heapwise.snapshot('app/run.peak.snapshot.hw') if name == '{made}' else None\n        sum",
    )
    install(text, tmp_path, monkeypatch)
    monkeypatch.chdir(tmp_path)
    text = ENGINE.replace("HERE", "").replace(
        "from matrices", "import os; os.chdir('..')\nfrom matrices"
    )
    found, _, _ = advised(tmp_path / "app", text)
    [told] = [each for each in found["findings"] if each["code"] == "HW366"]
    assert told["saving_bytes"] == pytest.approx(8_000_000, rel=0.05)


def test_a_mapping_that_is_handed_on_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(MATRICES, tmp_path, monkeypatch)
    whole = ENGINE.replace("HERE", "").replace(
        "    return", "    print(sorted(recording))\n    return"
    )
    found, _, _ = advised(tmp_path / "app", whole, "--snapshot", "peak,end")
    assert "HW366" not in [each["code"] for each in found["findings"]]
