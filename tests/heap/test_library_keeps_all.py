"""HW337: objects of libraries that keep all that passed through them, each in a program that really uses one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_whole_programs import advised

TAR = """
import tarfile
def packed():
    with tarfile.open("logs.tar", "w") as archive:
        for n in range(12_000):
            archive.addfile(tarfile.TarInfo(f"logs/{n:06}/" + "x" * 60))
            archive.members = []
def main():
    total = 0
    packed()
    with tarfile.open("logs.tar") as archive:
        for member in archive:
            total += len(member.name)HERE
    print(total)
main()
"""
SHELF = """
import dbm.dumb, shelve, tempfile, os
def main():
    with tempfile.TemporaryDirectory() as folder:
        shelf = shelve.Shelf(dbm.dumb.open(os.path.join(folder, "db"))HERE)
        for n in range(3000):
            shelf[f"user-{n}"] = [f"visit-{n}-{k}" for k in range(60)]
        total = sum(len(shelf[f"user-{n}"]) for n in range(3000))
        shelf.close()
    print(total)
main()
"""
CYCLE = """
import itertools
def batches():
    for n in range(200): yield [float(n + k) for k in range(2000)]
def again():
    while True: yield from batches()
def main():
    source = HERE
    print(sum(sum(batch) for batch in itertools.islice(source, 600)))
main()
"""
LINECACHE = """
import linecache, os, tempfile
def main():
    total = 0
    with tempfile.TemporaryDirectory() as folder:
        for n in range(60):
            path = os.path.join(folder, f"{n}.txt")
            with open(path, "w") as file:
                for k in range(2000): file.write(f"measure {n} {k} and some text of it\\n")
            total += len(linecache.getline(path, 7))HERE
    print(total)
main()
"""
MINIDOM = """
import io
from xml.dom import minidom
from xml.etree import ElementTree
TEXT = "<all>" + "".join(f'<item id="{n}" name="n{n}">{n}</item>' for n in range(8000)) + "</all>"
def whole():
    for node in minidom.parseString(TEXT).getElementsByTagName("item"): yield node.getAttribute("id")
def parts():
    events = ElementTree.iterparse(io.BytesIO(TEXT.encode()), ["start", "end"])
    root = next(events)[1]
    for kind, node in events:
        if kind == "end" and node.tag == "item":
            yield node.get("id")
            root.clear()
print(sum(int(number) for number in HERE()))
"""
PINNED = """
from xml.dom import minidom
def order(n): return f"<order><id>ORD-{n:05d}</id>" + f"<line><sku>A{n}</sku></line>" * 200 + "</order>"
ids = []
for n in range(40):
    document = minidom.parseString(order(n))
    ids.append(document.getElementsByTagName("id")[0].firstChildHERE)
    HERE
print(len(ids))
"""
TRANSPORT = """
import asyncio
async def slow(reader, writer):
    await asyncio.sleep(0.5)
    while await reader.read(1 << 20): pass
    writer.close()
async def main():
    server = await asyncio.start_server(slow, "127.0.0.1", 0)
    _, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    for n in range(300):
        writer.write(bytes([n % 256]) * 100_000)HERE
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    server.close()
    print("sent")
asyncio.run(main())
"""
PICKLER = """
import io, pickle
file = io.BytesIO()
pickler = pickle.HERE(file)
for n in range(300):
    pickler.dump([f"visit-{n}-{k}" for k in range(400)])
    file.seek(0)HERE
print("written")
"""
VISITS = """
from sqlalchemy import create_engine, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
class Base(DeclarativeBase): pass
class Visit(Base):
    __tablename__ = "visit"
    id: Mapped[int] = mapped_column(primary_key=True)
    page: Mapped[str]
engine = create_engine("sqlite:///visits.db")
Base.metadata.create_all(engine)
"""
SESSION = f"""{VISITS}
with Session(engine, autoflush=False) as session:
    for n in range(18_000):
        session.add(Visit(page=f"page-{{n}}" * 70))
        HERE
    session.rollback()
print("added")
"""
FLUSH = SESSION.replace("rollback", "flush").replace("* 70", "* 7")
"""At the peak all rows are being written, with their parameters."""
CHANGED = f"""{VISITS}
with engine.begin() as connection:
    for start in range(0, 12_000, 500):
        connection.execute(insert(Visit), [{{"page": f"page-{{n}}" * 7}} for n in range(start, start + 500)])
def whole(session):
    for visit in session.scalars(select(Visit).order_by(Visit.id).execution_options(yield_per=500)):
        visit.page += " seen"
def parts(session):
    last = 0
    while page := session.scalars(select(Visit).where(Visit.id > last).order_by(Visit.id).limit(500)).all():
        for visit in page: visit.page += " seen"
        last = page[-1].id
        session.flush()
        session.expunge_all()
with Session(engine) as session:
    HERE(session)
    session.commit()
print("changed")
"""
WARNINGS = """
import warnings
warnings.simplefilter("default")
warnings.showwarning = lambda *rest, **more: None
def looked_up(n):
    warnings.warn(f"mass {n / 7:.9f} is outside of the table, whose last one is 120"HERE)
    return n
print(sum(looked_up(n) for n in range(20_000)))
"""
TIMERS = """
import asyncio
class Query:
    def __init__(self, n): self.packet = bytes([n % 250]) * 20_000
async def asked(loop, n):
    query = Query(n)
    timer = loop.call_later(60, print, query)
    await asyncio.sleep(0)
    HERE
    return len(query.packet)
async def main():
    loop = asyncio.get_running_loop()
    print(sum([await asked(loop, n) for n in range(800)]))
asyncio.run(main())
"""
STACK = """
from contextlib import ExitStack, contextmanager
@contextmanager
def replica(n):
    index = [float(n + k) for k in range(20_000)]
    yield index
def main():
    with ExitStack() as stack:
        total = 0
        for n in range(40):
            HERE
            total += len(stack.enter_context(replica(n)))
    print(total)
main()
"""
MAILS = """
import email, email.policy
def mail(n):
    names = ", ".join(f"Member {k} <member{k}@team{n % 9}.example.org>" for k in range(6))
    return f"From: Sender {n} <s{n}@example.org>\\nTo: {names}\\nSubject: Report {n}\\n\\nbody\\n".encode()
rows = []
for n in range(120):
    message = email.message_from_bytes(mail(n), policy=email.policy.default)
    rows.append(HERE(message["To"]))
print(sum(len(each) for each in rows))
"""
GARBAGE = """
import gc
gc.set_debug(HERE)
class Node:
    def __init__(self): self.itself, self.data = self, bytearray(100_000)
for n in range(150):
    Node()
    if n % 10 == 0: gc.collect()
print(n)
"""
LAST = """
import sys
def handled():
    rows = bytearray(9_000_000)
    raise ValueError(len(rows))
try: handled()
except ValueError as error: sys.last_type, sys.last_value, sys.last_traceback = type(error), error, error.__traceback__
HERE
print(sum(len(bytearray(9_000_000)) for n in range(9)))
"""
CAUGHT = """
import warnings
def read(number):
    warnings.warn(f"reading {number} is marked as doubtful by the station", stacklevel=2)
    return number % 7
def main():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        total = 0
        for n in range(20_000):
            total += read(n)
            HERE
    print(total)
    return caught
kept = main()
"""
FILTERS = """
import logging
log = logging.getLogger("switches")
log.addHandler(logging.NullHandler())
class Session:
    def __init__(self, n):
        self.text = bytearray(60_000 + n)
        log.addFilter(self.passes)
    def passes(self, record): return True
    def close(self):
        log.info("closed")
        HERE
for n in range(200): Session(n).close()
print(n)
"""
COOKIES = """
from http.cookiejar import Cookie, CookieJar
def of(site):
    rest = ("/", True, False, None, False, None, None, {})
    return Cookie(0, "visit", "x" * 20_000 + str(site), None, False, f"site-{site}.example", True, False, *rest)
jar = CookieJar()
for site in range(400):
    jar.set_cookie(of(site))
    HERE
print(site)
"""
ELEMENTS = """
import os
import xml.etree.ElementTree as ET
from xml.sax.saxutils import XMLGenerator
def product(n):
    element = ET.Element("product")
    for name in ("number", "title", "price"): ET.SubElement(element, name).text = f"{name} {n}"
    return element
def whole():
    feed = ET.Element("feed")
    for n in range(40_000):
        feed.append(product(n))
    ET.ElementTree(feed).write("x.xml")
def parts():
    with open("x.xml", "w") as out:
        out.write("<feed>")
        for n in range(40_000): out.write(ET.tostring(product(n), "unicode"))
        out.write("</feed>")
HERE()
print(os.path.getsize("x.xml"))
"""
FLAGS = """
import enum
class Status(enum.IntFlag):
    READY, MOVING, FAULT = 1, 2, 4
def faults(words): return sum(Status.FAULT in Status(HERE) for word in words)
print(faults((n << 8) | (n % 8) for n in range(20_000)))
"""
WATCHDOGS = """
import threading
class Job:
    def __init__(self, n): self.samples, self.stuck = bytearray(200_000 + n), False
    def give_up(self): self.stuck = True
def transcoded(n):
    job = Job(n)
    timer = threading.Timer(600, job.give_up)
    timer.daemon = True
    timer.start()
    size = len(job.samples)
    HERE
    return size
print(sum(transcoded(n) for n in range(60)))
"""
PRODUCT = """
import time
from itertools import product
def payments():
    for n in range(60_000): yield f"P{n:08}", f"account-{n % 9000}", n % 500 / 10
def above(pairs):
    found = [(payment[2] - low, n, None) for n, (payment, low) in enumerate(pairs) if payment[2] > low]
    time.sleep(0.1)  # to be looked at: it is much more than when the pairs were made
    return found
def lows():
    yield from (10, 20, 40)
def main():
    print(round(sum(each[0] for each in above(HERE))))
main()
"""
PROGRAMS = {
    "product": (
        PRODUCT,
        ["product(payments(), lows())"],
        ["((p, n) for p in payments() for n in lows())"],
    ),
    "flags": (FLAGS, ["word"], ["word & 7"]),
    "watchdogs": (WATCHDOGS, ["pass"], ["timer.cancel(); timer.join()"]),
    "caught warnings": (CAUGHT, ["pass"], ["caught.clear()"]),
    "filters": (FILTERS, ["pass"], ["log.removeFilter(self.passes)"]),
    "cookies": (COOKIES, ["pass"], ["jar.clear()"]),
    "elements": (ELEMENTS, ["whole"], ["parts"]),
    "warnings": (WARNINGS, [""], [".split()[0]"]),
    "timers": (TIMERS, ["pass"], ["timer.cancel()"]),
    "stack": (STACK, ["pass"], ["stack.close()"]),
    "tar": (TAR, [""], ["\n            archive.members = []"]),
    "shelf": (SHELF, [", writeback=True"], [""]),
    "cycle": (CYCLE, ["itertools.cycle(batches())"], ["again()"]),
    "linecache": (LINECACHE, [""], ["\n            linecache.clearcache()"]),
    "minidom": (MINIDOM, ["whole"], ["parts"]),
    "pinned documents": (PINNED, ["", "pass"], [".data", "document.unlink()"]),
    "transport": (TRANSPORT, [""], ["\n        await writer.drain()"]),
    "pickler": (PICKLER, ["_Pickler", ""], ["_Pickler", "\n    pickler.clear_memo()"]),
    "session": (SESSION, ["pass"], ["if n % 500 == 0: session.flush(), session.expunge_all()"]),
    "flush": (FLUSH, ["pass"], ["if n % 500 == 0: session.flush()"]),
    "changed": (CHANGED, ["whole"], ["parts"]),
    "mails": (MAILS, [""], ["str"]),
    "garbage": (GARBAGE, ["gc.DEBUG_SAVEALL"], ["0"]),
    "last error": (LAST, ["pass"], ["del sys.last_value, sys.last_traceback"]),
}
LINES = {
    "product": "above(product(",
    "flags": "Status(word)",
    "watchdogs": "threading.Timer(",
    "caught warnings": "warnings.warn(",
    "filters": "log.addFilter",
    "cookies": "set_cookie(",
    "elements": "ET.",
    "warnings": "warnings.warn(",
    "timers": "",
    "stack": "",
    "tar": "for member in archive",
    "shelf": "shelve.Shelf(",
    "cycle": "cycle(batches",
    "linecache": "getline",
    "minidom": "parseString(TEXT).get",
    "pinned documents": "parseString(order",
    "transport": "writer.write(",
    "pickler": "dump(",
    "session": "session.add(",
    "flush": "session.add(",
    "changed": "visit.page +=",
    "mails": "rows.append",
    "garbage": "",
    "last error": "",
}

BY_SOURCE = {"minidom": "HW736"}
"""What says the same by the line's bytes: it stands first where the snapshot was well before the peak."""


def filled(text: str, parts: list[str]) -> str:
    for part in parts:
        text = text.replace("HERE", part, 1)
    return text


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_a_library_keeps_is_found_and_its_twin_is_not(name: str, tmp_path: Path) -> None:
    text, wasteful, mended = PROGRAMS[name]
    bad, good = filled(text, wasteful), filled(text, mended)
    found, before, said = advised(tmp_path / "bad", bad, "--snapshot", "peak,end")
    twin, after, twin_said = advised(tmp_path / "good", good, "--snapshot", "peak,end")
    assert said == twin_said != ""
    codes = {"HW337", BY_SOURCE.get(name)}
    first = next(each for each in found["findings"] if each["code"] in codes)
    assert LINES[name] in bad.splitlines()[first["line"] - 1]
    proved = before - after
    assert proved / 1.15 <= first["saving_bytes"] <= 1.15 * proved
    assert codes.isdisjoint(each["code"] for each in twin["findings"])


def test_a_small_part_of_the_heap_is_not_told(tmp_path: Path) -> None:
    text = filled(CYCLE, ["itertools.cycle(batches())"])
    text = text.replace(
        "def main():", "def main():\n    kept = [[n] * 1000 for n in range(16_000)]"
    )
    found, _, _ = advised(tmp_path / "app", text, "--snapshot", "peak,end")
    assert "HW337" not in [each["code"] for each in found["findings"]]


NEEDED = {
    "tar": TAR.replace("            total += len(member.name)HERE", """            total += len(member.name)
        total += len(archive.getmember("logs/000007/" + "x" * 60).name)"""),
    "cycle of a list": CYCLE.replace("HERE", "itertools.cycle(known())").replace("def again", """
def known():
    found = []
    for batch in batches(): found.append(batch)
    return found
def again"""),
    "document in which nodes lead to others": filled(MINIDOM, ["whole"]).replace(
        "yield node.getAttribute", "yield node.parentNode and node.getAttribute"
    ),
    "timers that keep little": """
import asyncio
async def main():
    loop = asyncio.get_running_loop()
    timers = [loop.call_later(60 + n, print, n) for n in range(40_000)]
    await asyncio.sleep(0)
    print(len(timers))
asyncio.run(main())
""",
    "document that is written": filled(MINIDOM, ["whole"]).replace("    for node in minidom.parseString(TEXT)", """
    document = minidom.parseString(TEXT)
    document.toxml()
    for node in document"""),
}  # fmt: skip


@pytest.mark.parametrize("name", NEEDED)
def test_what_the_program_needs_is_not_told(name: str, tmp_path: Path) -> None:
    found, _, _ = advised(tmp_path / "app", NEEDED[name], "--snapshot", "peak,end")
    assert "HW337" not in [each["code"] for each in found["findings"]]


def test_a_queue_that_was_looked_into_is_found_as_well(tmp_path: Path) -> None:
    text = """
import queue
kept = queue.Queue()
print(len(vars(kept)))
for i in range(500): kept.put([bytes(10_000 + i)])
last = bytes(9_000_000)  # the peak is here, not in the loop
"""
    found, _, _ = advised(tmp_path / "app", text, "--snapshot", "peak,end")
    first = next(each for each in found["findings"] if each["code"] == "HW335")
    assert first["evidence"][0].startswith("500 items wait")
