"""What is made for each job and never taken out again: waiters, modules, locks, threads, handlers, what is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from heapwise.findings import hw340_abandoned_waiters
from heapwise.model.snapshot import Snapshot
from tests.conftest import python
from tests.heap.test_whole_programs import advised, assert_one_arm_is_told

WAITERS = """
import asyncio
class Consumer:
    def __init__(self): self.queue, self.closed, self.closing = asyncio.Queue(), asyncio.Event(), None
    async def until_closed(self): await self.closed.wait()
    async def next(self):
        get = asyncio.create_task(self.queue.get())
        HERE
        done, rest = await asyncio.wait({get, closed}, return_when=asyncio.FIRST_COMPLETED)
        AFTER
        return get.result()
async def main(consumer):
    total = 0
    for n in range(4000):
        consumer.queue.put_nowait(n)
        total += await consumer.next()
    return total
loop, consumer = asyncio.new_event_loop(), Consumer()
print(loop.run_until_complete(main(consumer)))
"""
MADE = "closed = asyncio.create_task(self.closed.wait())"
GATHERED = """
import asyncio
async def fetched(limit, n):
    async with limit:
        await asyncio.sleep(0)
        return n
async def main():
    limit, tasks = asyncio.Semaphore(8), []
    HERE
    print(sum(await asyncio.gather(*(fetched(limit, n) for n in range(9000)))))
asyncio.run(main())
"""
SUBSCRIBERS = """
import asyncio
seen = []
async def reloaded(event, n):
    await event.wait()
    seen.append(n)
async def main():
    event = asyncio.Event()
    for n in range(9000): asyncio.create_task(reloaded(event, n))
    await asyncio.sleep(0.01)
    event.set()
    await asyncio.sleep(0.01)
    print(len(seen))
asyncio.run(main())
"""
MODULES = """
import importlib.util, sys
with open("rules.py", "w") as file: file.write("WEIGHTS = [n * n + 1000 for n in range(3000)]\\ndef score(x): return WEIGHTS[x]\\n")
plugins = []
def scored(job):
    name = HERE
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, "rules.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        AFTER
    return sys.modules[name].score(job)
print(sum(scored(n) for n in range(60)))
"""
TEXTS = """
import sys, types
def scored(job):
    module = types.ModuleType(f"job_{job}")
    HERE
    exec("WEIGHTS = [n * n + 1000 for n in range(3000)]", vars(module))
    return module.WEIGHTS[job]
print(sum(scored(n) for n in range(60)))
"""
FILES = """
import importlib, os, sys
os.mkdir("plugins")
sys.path.insert(0, "plugins")
for n in range(40):
    with open(f"plugins/step_{n}.py", "w") as file: file.write(f"TABLE = [n * n + {n} for n in range(1000, 4000)]\\n")
print(sum(importlib.import_module(f"step_{n}").TABLE[0] for n in range(40)))
"""
LOCKS = """
import asyncio, threading, weakref
locks = HERE
def lock_of(owner, n):
    found = locks.get((owner, n))
    if found is None: found = locks[owner, n] = KIND()
    return found
async def main():
    total = 0
    for n in range(12_000):
        lock = lock_of("acme", n)
        total += n % 3
    return total
print(asyncio.run(main()))
"""
DECODED = """    def decode(self, item):
        self.inbox.put(item)
        return self.outbox.get()
kept = []
def handled(n):
    decoder = Decoder()
    size = decoder.decode(b"frame" * (n + 1))
    HERE
    return size
print(sum(handled(n) for n in range(30)))
"""
WORKERS = (
    """
import queue, threading
class Decoder:
    def __init__(self):
        self.inbox, self.outbox = queue.Queue(), queue.Queue()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()
    def run(self):
        scratch = bytearray(b"s") * 300_000
        while (item := self.inbox.get()) is not None:
            scratch[:len(item)] = item
            self.outbox.put(len(item))
"""
    + DECODED
)
SUBCLASS = (
    """
import queue, threading
class Decoder(threading.Thread):
    def __init__(self):
        super().__init__(daemon=True)
        self.inbox, self.outbox = queue.Queue(), queue.Queue()
        self.start()
    def run(self):
        self.scratch = bytearray(b"s") * 300_000
        while (item := self.inbox.get()) is not None:
            self.outbox.put(len(item))
"""
    + DECODED
)
POOL = """
import queue, threading
inbox, outbox = queue.Queue(), queue.Queue()
def run():
    scratch = bytearray(b"s") * 300_000
    while (item := inbox.get()) is not None: outbox.put(len(item))
for _ in range(16): threading.Thread(target=run, daemon=True).start()
for n in range(100): inbox.put(b"x" * n)
print(sum(outbox.get() for _ in range(100)))
"""
TIMED = """
import threading, time
started = threading.Semaphore(0)
def watch():
    stop, table = threading.Event(), bytearray(b"s") * 300_000
    started.release()
    while not stop.wait(60): table[0] += 1
for _ in range(16): threading.Thread(target=watch, daemon=True).start()
for _ in range(16): started.acquire()
print("watching")
"""
POLLERS = """
import threading
kept = []
class Client:
    def __init__(self, number):
        self.rules, self.stopped = {}, threading.Event()
        self.poller = threading.Thread(target=self.poll, daemon=True)
        self.poller.start()
        self.rules[number] = bytearray(b"r") * 300_000
    def poll(self):
        while not self.stopped.wait(60): self.rules.clear()
    def close(self):
        self.stopped.set()
        self.poller.join()
def handled(number):
    client = Client(number)
    size = len(client.rules[number])
    HERE
    return size
print(sum(handled(number) for number in range(COUNT)))
"""
HANDLERS = """
import io, logging
log = logging.getLogger("worker.job")
log.setLevel(logging.INFO)
log.propagate = False
running = []
def run(n):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    log.addHandler(handler)
    for step in range(20): log.info("job %d step %d %s", n, step, "=" * 500)
    HERE
    return len(stream.getvalue().splitlines()[0])
print(sum(run(n) for n in range(40)))
"""
JOBS = """
import io, logging
def run(n):
    log = logging.getLogger(f"runner.job-{n}")
    log.setLevel(logging.INFO)
    log.propagate = False
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    log.addHandler(handler)
    for step in range(20): log.info("step %d %s", step, "=" * 2000)
    HERE
    return len(stream.getvalue().splitlines()[0])
print(sum(run(n) for n in range(150)))
"""
CASES = {
    "waiters": ("HW340", WAITERS.replace("AFTER", "pass"), MADE,
                "closed = self.closing = self.closing or asyncio.create_task(self.closed.wait())", "create_task(self.closed"),
    "waiters in a function": ("HW340", WAITERS.replace("HERE", MADE).replace("self.closed.wait())", "self.until_closed())")
                              .replace("AFTER", "HERE"), "pass", "for each in rest: each.cancel()", "create_task(self.until"),
    "waiters that are woken at last": (
        "HW340", WAITERS.replace("AFTER", "pass").replace(
            "    return total", "    await asyncio.sleep(0.3)\n    consumer.closed.set()\n    return total"),
        MADE, "closed = self.closing = self.closing or asyncio.create_task(self.closed.wait())",
        "create_task(self.closed"),
    "modules": ("HW341", MODULES.replace("AFTER", "pass"), 'f"rules_{job}"', '"rules"', "module_from_spec"),
    "modules of texts": ("HW341", TEXTS, "sys.modules[module.__name__] = module", "pass", "ModuleType("),
    "locks of asyncio": ("HW342", LOCKS.replace("KIND", "asyncio.Lock"), "{}", "weakref.WeakValueDictionary()", "= KIND()"),
    "locks of threads": ("HW342", LOCKS.replace("KIND", "threading.Lock"), "{}", "weakref.WeakValueDictionary()", "= KIND()"),
    "workers": ("HW343", WORKERS, "pass", "decoder.inbox.put(None); decoder.thread.join()", "threading.Thread("),
    "workers that look at times": ("HW343", WORKERS.replace("        while (item := self.inbox.get()) is not None:", """
        while True:
            try: item = self.inbox.get(timeout=5)
            except queue.Empty: continue
            if item is None: break"""), "pass", "decoder.inbox.put(None); decoder.thread.join()", "threading.Thread("),
    "clients with a thread": ("HW343", POLLERS.replace("COUNT", "40"), "pass", "client.close()", "threading.Thread("),
    "workers that are threads": ("HW343", SUBCLASS, "pass", "decoder.inbox.put(None); decoder.join()", "decoder = Decoder()"),
    "handlers": ("HW151", HANDLERS, "pass", "log.removeHandler(handler)", "StreamHandler("),
    "handlers of loggers of their own": ("HW151", JOBS, "pass", "log.removeHandler(handler)", "getLogger("),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_is_left_behind_is_found_and_its_twin_is_not(name: str, tmp_path: Path) -> None:
    code, text, wasteful, mended, line = CASES[name]
    bad, good = text.replace("HERE", wasteful), text.replace("HERE", mended)
    kind = "asyncio.Lock" if "asyncio" in name else "threading.Lock"
    assert_one_arm_is_told(tmp_path, code, bad, good, line.replace("KIND", kind), is_first=True)


WOKEN = """
import asyncio, heapwise
async def main():
    event, loop = asyncio.Event(), asyncio.get_running_loop()
    for n in range(2000):
        asyncio.create_task(event.wait())
        await asyncio.sleep(0)
    for future in list(event._waiters)[:COUNT]: future.set_result(True)
    heapwise.snapshot(PATH)
asyncio.run(main())
"""


def test_waiters_are_told_while_they_are_woken(tmp_path: Path) -> None:
    savings = []
    for count in (0, 1000, 1900, 2000):
        path = tmp_path / f"{count}.hw"
        python(WOKEN.replace("COUNT", str(count)).replace("PATH", repr(str(path))))
        [finding] = hw340_abandoned_waiters.scan(Snapshot.open(path))
        savings.append(finding.saving_bytes)
    assert savings == pytest.approx([savings[0]] * 4, rel=0.2), "with the handles that wake them"


NEEDED = {
    "tasks that are gathered": ("HW340", GATHERED.replace("HERE", "pass")),
    "tasks that go on": ("HW340", SUBSCRIBERS),
    "tasks that are kept": ("HW340", WAITERS.replace("HERE", MADE).replace("AFTER", "kept.append(closed)")
                            .replace("loop, cons", "kept = []\nloop, cons")),
    "modules that are kept": ("HW341", MODULES.replace("HERE", 'f"rules_{job}"').replace("AFTER", "plugins.append(module)")),
    "modules of files": ("HW341", FILES),
    "workers that are kept": ("HW343", WORKERS.replace("HERE", "kept.append(decoder)")),
    "workers that are threads and kept": ("HW343", SUBCLASS.replace("HERE", "kept.append(decoder)")),
    "workers that share a queue": ("HW343", POOL),
    "threads that wake by themselves": ("HW343", TIMED),
    "clients that are kept": ("HW343", POLLERS.replace("COUNT", "40").replace("HERE", "kept.append(client)")),
    "a few clients": ("HW343", POLLERS.replace("COUNT", "12").replace("HERE", "pass")),
    "handlers that are kept": ("HW151", HANDLERS.replace("HERE", "running.append(handler)")),
    "handlers of a few loggers": ("HW151", JOBS.replace("HERE", "pass").replace("150", "60")),
    "handlers with filters": ("HW151", HANDLERS.replace("HERE", "pass").replace(
        "    log.addHandler", "    handler.addFilter(lambda record: True)\n    log.addHandler")),
}  # fmt: skip


@pytest.mark.parametrize("name", NEEDED)
def test_what_is_needed_is_not_told(name: str, tmp_path: Path) -> None:
    code, text = NEEDED[name]
    found, _, _ = advised(tmp_path / "app", text, "--snapshot", "peak,end")
    assert code not in [each["code"] for each in found["findings"]]
