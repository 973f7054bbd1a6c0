"""What is kept though nobody can ask for it any more: by structure alone, each with its twin and what is meant so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_whole_programs import advised

RAISED_AGAIN = """
class Empty(Exception): pass
class Pool:
    EMPTY = Empty("no connection")
    def acquire(self): raise HERE
def handle(pool):
    body = bytearray(150_000)
    try: pool.acquire()
    except Empty: return len(body)
def main():
    pool = Pool()
    print(sum(handle(pool) for _ in range(100)))
    return pool
pool = main()
"""
FUTURES = """
import asyncio, gc
class Channel:
    def __init__(self): self.pending = {}
    async def call(self, number, payload):
        future = asyncio.get_running_loop().create_future()
        self.pending[number] = (future, payload)
        try:
            if number % 5 == 0: future.set_result(b"ok")
            return await asyncio.wait_for(future, 0.001)
        finally:
            HERE
async def main(channel):
    late = 0
    for number in range(0, 300, 10):
        calls = (channel.call(number + k, bytearray(40_000)) for k in range(10))
        got = await asyncio.gather(*calls, return_exceptions=True)
        late += sum(isinstance(each, TimeoutError) for each in got)
        del got, calls
        gc.collect()
    print(late > 0)
channel = Channel()
asyncio.run(main(channel))
"""
DEFAULT = """
def normalised(row, dropped=HERE):
    for key in [key for key in row if key.startswith("_")]:
        value = row.pop(key)
        if dropped is not None: dropped.append(value)
    return row
print(sum(len(normalised({"n": n, "_raw": bytearray(20_000)})) for n in range(500)))
"""
FINALIZER = """
import weakref
class Reader:
    def __init__(self):
        self.data, self.state = bytearray(100_000), {"open": True}
        self.ends = weakref.finalize(self, HERE)
    def close(self): self.state["open"] = False
    @staticmethod
    def release(state): state["open"] = False
print(sum(len(Reader().data) for _ in range(100)))
"""
KEYS = """
import weakref
class Field:
    def __init__(self): self.values = HERE
    def __get__(self, one, owner): return self.values[one]
    def __set__(self, one, value): self.values[one] = value
class Message:
    body = Field()
    def __init__(self, body): self.body = body
print(sum(len(Message(bytearray(50_000)).body) for _ in range(200)))
"""
SUBSCRIBERS = """
import asyncio
class Bus:
    def __init__(self): self.queues = set()
    def publish(self, event):
        for queue in self.queues: queue.put_nowait(event)
    async def stream(self, limit):
        queue = asyncio.Queue()
        self.queues.add(queue)
        for _ in range(limit): yield await queue.get()
        HERE
async def client(bus, limit):
    return sum([len(event) async for event in bus.stream(limit)])
async def main(bus):
    clients = [asyncio.create_task(client(bus, limit)) for limit in (3, 30, 1000)]
    await asyncio.sleep(0)
    for n in range(1000):
        bus.publish(b"%08d" % n * 1000)
        await asyncio.sleep(0)
    print(sum(await asyncio.gather(*clients)))
bus = Bus()
asyncio.run(main(bus))
"""
CONTEXTS = """
import asyncio, contextvars
body = contextvars.ContextVar("body")
idle = {}
async def handle(n):
    body.set(bytearray(100_000))
    idle[n] = asyncio.get_running_loop().call_later(600, idle.pop, n HERE)
    return len(body.get())
async def main(): print(sum([await asyncio.create_task(handle(n)) for n in range(150)]))
loop = asyncio.new_event_loop()
loop.run_until_complete(main())
"""
STATEMENTS = """
import sqlite3
db = sqlite3.connect(":memory:", isolation_level=None)
db.execute("create table event(number integer, text text)")
def stored(rows):
    HERE
def main():
    for n in range(80):
        stored([(n * 500 + k, "n" * 200) for k in range(500)])
        db.execute("delete from event")
    print(db.execute("select count(*) from event").fetchone()[0])
main()
"""
DOCUMENTS = """
import json
failed = {}
def main():
    for n in range(150):
        try: json.loads('{"n": %d, "items": [' % n + "1, " * 10_000 + "]}")
        except json.JSONDecodeError as error: failed[n] = HERE
    print(len(failed))
main()
"""
FRAMES = """
import inspect
class Tracer:
    def __init__(self): self.spans = []
    def start(self, name):
        caller = inspect.stack(0)[1]
        self.spans.append((name, HERE))
tracer = Tracer()
def batch():
    rows = bytearray(50_000)
    tracer.start("batch")
    return len(rows)
inspect.stack()
print(sum(batch() for _ in range(150)))
"""
SAMPLES = """
class Times:
    def __init__(self): self.samples = HERE
    def record(self, seconds): self.samples.append(seconds)
    def middle(self): return sorted(self.samples)[len(self.samples) // 2]
from array import array
times = Times()
for n in range(300_000): times.record(n * 7919 % 400 / 1000)
print(times.middle())
"""
PROGRAMS = {
    "raised again": ("HW121", RAISED_AGAIN, "self.EMPTY", "Empty('no connection')"),
    "futures": ("HW142", FUTURES, "pass", "self.pending.pop(number, None)"),
    "default": ("HW103", DEFAULT, "[]", "None"),
    "finalizer": ("HW133", FINALIZER, "self.close", "Reader.release, self.state"),
    "finalizer that captures": ("HW133", FINALIZER, "lambda: self.close()", "Reader.release, self.state"),
    "finalizer given it": ("HW133", FINALIZER, "Reader.close, self", "Reader.release, self.state"),
    "keys": ("HW134", KEYS, "{}", "weakref.WeakKeyDictionary()"),
    "subscribers": ("HW335", SUBSCRIBERS, "pass", "self.queues.discard(queue)"),
    "statements": (
        "HW334", STATEMENTS, """db.execute("insert into event values " + ",".join("(%d,'%s')" % row for row in rows))""",
        "db.executemany('insert into event values (?, ?)', rows)",
    ),
    "documents of errors": ("HW121", DOCUMENTS, "error.with_traceback(None)", "str(error)"),
    "frames": ("HW121", FRAMES, "caller", "caller.lineno"),
    "contexts": ("HW337", CONTEXTS, "", ", context=contextvars.Context()"),
}  # fmt: skip
LINES = {
    "raised again": "EMPTY =", "futures": "self.pending[number] =", "default": "dropped.append(",
    "finalizer": "weakref.finalize(", "finalizer that captures": "weakref.finalize(",
    "finalizer given it": "weakref.finalize(", "keys": "self.values[one] = value", "subscribers": "asyncio.Queue()",
    "documents of errors": "failed[n] =", "frames": "spans.append", "statements": "insert into", "contexts": "call_later(",
}  # fmt: skip
MEANT = {
    "an error out of a deep recursion": ("HW121", """
def deep(n):
    data = bytearray(20_000)
    if not n: raise ValueError(len(data))
    deep(n - 1)
kept = None
def main():
    global kept
    try: deep(400)
    except ValueError as error: kept = error
main()
"""),
    "futures that somebody waits for": ("HW142", """
import asyncio
async def waits(futures, n):
    futures[n] = asyncio.get_running_loop().create_future(), bytearray(40_000)
    return await futures[n][0]
async def main():
    futures = {}
    tasks = [asyncio.create_task(waits(futures, n)) for n in range(200)]
    await asyncio.sleep(0.3)
    for future, _ in futures.values(): future.set_result(1)
    print(sum(await asyncio.gather(*tasks)))
asyncio.run(main())
"""),
    "a default that is a table of the module's": ("HW103", """
TABLE = [bytearray(20_000) for _ in range(300)]
def look(n, table=TABLE): return len(table[n])
print(sum(look(n) for n in range(300)))
"""),
    "a finalizer of another object": ("HW133", """
import weakref
class Handle:
    def __init__(self): self.data = bytearray(100_000)
    def close(self): self.data = None
class Reader:
    def __init__(self):
        self.handle = Handle()
        weakref.finalize(self, self.handle.close)
kept = [Reader() for _ in range(60)]
print(len(kept))
"""),
    "a dict that is gone through": ("HW134", KEYS.replace("HERE", "{}") + """
print(sum(map(len, Message.__dict__["body"].values.values())))
"""),
    "keys that somebody has": ("HW134", KEYS.replace("HERE", "{}").replace(
        "print(sum(len(Message(bytearray(50_000)).body) for _ in range(200)))",
        "kept = [Message(bytearray(50_000)) for _ in range(200)]; print(len(kept[3].body))",
    )),
    "keys that can be made again": ("HW134", KEYS.replace("HERE", "{}").replace(
        "    def __init__(self, body):",
        "    def __eq__(self, other): return True\n    def __hash__(self): return id(self)\n"
        "    def __init__(self, body):",
    )),
}  # fmt: skip


@pytest.mark.parametrize("name", PROGRAMS)
def test_it_is_found_and_its_twin_is_not(name: str, tmp_path: Path) -> None:
    code, text, wasteful, mended = PROGRAMS[name]
    text, twin_text = text.replace("HERE", wasteful), text.replace("HERE", mended)
    found, before, said = advised(tmp_path / "bad", text, "--snapshot", "peak,end")
    twin, after, twin_said = advised(tmp_path / "good", twin_text, "--snapshot", "peak,end")
    assert said == twin_said != ""
    first = next(each for each in found["findings"] if each["code"] == code)
    lines = {first["line"], *(each["line"] for each in first["related"])}
    assert any(LINES[name] in text.splitlines()[line - 1] for line in lines)
    assert 0.9 * (before - after) <= first["saving_bytes"] <= 1.1 * (before - after)
    assert code not in [each["code"] for each in twin["findings"]]


@pytest.mark.parametrize("name", MEANT)
def test_what_is_meant_so_is_not_told(name: str, tmp_path: Path) -> None:
    code, text = MEANT[name]
    found, _, _ = advised(tmp_path / "app", text, "--snapshot", "peak,end")
    assert code not in [each["code"] for each in found["findings"]]


def test_what_the_peak_hides_is_told_of_the_end(tmp_path: Path) -> None:
    text = SAMPLES.replace("HERE", "[]")
    found, _, _ = advised(tmp_path / "bad", text, "--snapshot", "peak,end")
    first = next(each for each in found["findings"] if each["code"] == "HW303")
    assert "samples.append" in text.splitlines()[first["line"] - 1]
    assert first["saving_bytes"] > 5_000_000


JOBS = """
import time
class JobError(Exception): pass
def reading(n):
    data = bytes(400_000)
    raise ValueError(n)
def run(n):
    HERE
class Board:
    def __init__(self):
        self.failed = {}
    def note(self, n, error):
        self.failed[n] = error  # kept
board = Board()
for n in range(60):
    try: run(n)
    except (JobError, ValueError) as error: board.note(n, error)
print(len(board.failed))
time.sleep(0.3)
"""
CAUSED = """try: reading(n)
    except ValueError as cause: raise JobError(n) from cause"""


@pytest.mark.parametrize(("raised", "is_enough"), [("reading(n)", True), (CAUSED, False)])
def test_a_traceback_is_taken_off_where_no_other_keeps_the_same(
    raised: str, is_enough: bool, tmp_path: Path
) -> None:
    found, _, _ = advised(tmp_path, JOBS.replace("HERE", raised), "--snapshot", "peak,end")
    told = next(each for each in found["findings"] if each["code"] == "HW121")
    assert told["saving_bytes"] >= 20_000_000
    assert ("with_traceback(None)" in told["fix"]) is is_enough
    assert ("+        self.failed[n] = error.with_traceback(None)" in told["patch"]) is is_enough
    assert bool(told["patch"]) is told["fixable"] is is_enough
