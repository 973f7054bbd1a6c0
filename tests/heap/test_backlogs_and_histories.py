"""What waits after failures, buffers that only grow, histories of messages, tables whose entries are read in part."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_whole_programs import assert_is_not_told, assert_one_arm_is_told

BACKLOG = """
import collections
def post(batch):
    if batch: raise ConnectionError("down")
class Client:
    def __init__(self): self.buffer, self.emitted, self.failures = MADE, 0, 0
    def emit(self, name, value):
        self.buffer.append({"name": name, "value": value, "tags": [value] * 30})
        self.emitted += 1
        if self.emitted % 500 == 0:
            self.flush()
    def flush(self):
        FLUSH
client = Client()
for n in range(12_000): client.emit(f"request {n}", n * 0.1)
print(client.failures)
"""
PUT_BACK = """while self.buffer:
            batch, self.buffer = self.buffer[:100], self.buffer[100:]
            try: post(batch)
            except ConnectionError:
                self.failures += 1
                self.buffer = batch + self.buffer
                return"""
POPPED_AFTER = """while self.buffer:
            item = self.buffer[0]
            try:
                post(item)
                self.buffer.popleft()
            except ConnectionError:
                self.failures += 1
                return"""
CUT_OFF = (
    PUT_BACK
    + """
            finally:
                if len(self.buffer) > 200: del self.buffer[:-200]"""
)
BUFFERS = """
class Connection:
    def __init__(self): self.buffer, self.received = bytearray(4096), 0
    def feed(self, size):
        if size > len(self.buffer):
            self.buffer = bytearray(size)
        self.buffer[:size] = b"f" * size
        self.received += size
        HERE
connections = [Connection() for _ in range(80)]
for conn in connections:
    for size in (80, 260_000, 700, 300): conn.feed(size)
print(sum(conn.received for conn in connections))
"""
SHRINKS = "if len(self.buffer) > 4096: self.buffer = bytearray(4096)"
AGENT = """
import base64
class Agent:
    def __init__(self): self.messages = [{"role": "system", "content": "book a table"}]
    def observe(self, png):
        text = base64.b64encode(png).decode("ascii")
        self.messages.append({"role": "user", "content": [IMAGE]})
        HERE
    def act(self, model):
        self.messages.append({"role": "assistant", "content": model(self.messages)})
def model(messages): return f"click {len(messages)}"
agent = Agent()
for step in range(60):
    agent.observe(bytes([step]) * 300_000)
    agent.act(model)
print(agent.messages[-1]["content"])
"""
IMAGES = {
    "address": '{"type": "image_url", "image_url": {"url": "data:image/png;base64," + text}}',
    "source": '{"type": "image", "source": {"type": "base64", "data": text}}',
}
DROPS = """if len(self.messages) > 6:
            self.messages[-7]["content"] = "[screenshot removed]\""""
TREES = """
import ast
def text(n):
    return "\\n".join(f"def handler_{n}_{i}(request, limit={i}):\\n    return [row + {i} for row in request if row]" for i in range(30))
class Project:
    def __init__(self): self.modules = {}
    def check(self, path, tree):
        self.modules[path] = HERE
    def functions(self): return ASKED
project = Project()
for n in range(60): project.check(KEY, ast.parse(text(n)))
print(project.functions())
"""
WALKED = (
    "sum(isinstance(node, ast.FunctionDef) for tree in self.modules.values() for node in tree.body)"
)
COUNTED = "[node.name for node in tree.body if isinstance(node, ast.FunctionDef)]"
SIMPLE_QUEUE = """
import queue
taken, work = 0, queue.SimpleQueue()  # made
for n in range(500):
    work.put(bytearray(20_000))
    HERE
print(taken)
"""
POOL = """
import time, threading
from multiprocessing.pool import ThreadPool
room = threading.Semaphore(8)
def page(n):
    time.sleep(0.002)
    return len(n) > 0
def pages():
    for n in range(300):
        TAKE
        yield bytearray(100_000)
done = 0
with ThreadPool(2) as pool:
    for result in pool.imap(page, pages()):  # read ahead
        done += result
        GIVE
print(done)
"""
CASES = {
    "simple queue": ("HW335", SIMPLE_QUEUE, {"HERE": "pass"}, {"HERE": "work.qsize() > 8 and work.get()"}, "# made"),
    "pool reads ahead": ("HW335", POOL, {"TAKE": "pass", "GIVE": "pass"},
                         {"TAKE": "room.acquire()", "GIVE": "room.release()"}, "# read ahead"),
    "put back": ("HW358", BACKLOG.replace("MADE", "[]"), {"FLUSH": PUT_BACK}, {"FLUSH": CUT_OFF}, "self.buffer.append"),
    "popped after": ("HW358", BACKLOG.replace("FLUSH", POPPED_AFTER), {"MADE": "collections.deque()"},
                     {"MADE": "collections.deque(maxlen=200)"}, "self.buffer.append"),
    "buffers": ("HW359", BUFFERS, {"HERE": "pass"}, {"HERE": SHRINKS}, "bytearray(size)"),
    "images": ("HW360", AGENT.replace("IMAGE", IMAGES["address"]), {"HERE": "pass"}, {"HERE": DROPS}, "base64,"),
    "sources": ("HW360", AGENT.replace("IMAGE", IMAGES["source"]), {"HERE": "pass"}, {"HERE": DROPS}, "b64encode"),
    "trees by path": ("HW339", TREES.replace("KEY", 'f"app/views_{n}.py"'), {"HERE": "tree", "ASKED": WALKED},
                      {"HERE": COUNTED, "ASKED": "sum(map(len, self.modules.values()))"}, "= tree"),
    "trees by number": ("HW339", TREES.replace("KEY", "n"), {"HERE": "tree", "ASKED": WALKED},
                        {"HERE": COUNTED, "ASKED": "sum(map(len, self.modules.values()))"}, "= tree"),
}  # fmt: skip


def put_in(text: str, parts: dict[str, str]) -> str:
    for word, stands_for in parts.items():
        text = text.replace(word, stands_for)
    return text


@pytest.mark.parametrize("name", CASES)
def test_what_stays_is_found_and_its_twin_is_not(name: str, tmp_path: Path) -> None:
    code, text, wasteful, mended, line = CASES[name]
    bad, good = put_in(text, wasteful), put_in(text, mended)
    assert_one_arm_is_told(tmp_path, code, bad, good, line)


LOADED = BACKLOG.replace("MADE", "[]").replace(
    "FLUSH",
    "while self.buffer:\n            item = self.buffer.pop()\n            try: post(item)\n"
    "            except ConnectionError: self.failures += 1",
).replace("if self.emitted % 500 == 0:\n            self.flush()", "pass")  # fmt: skip
REFUSES = BACKLOG.replace("MADE", "[]").replace("FLUSH", PUT_BACK).replace(
    "        self.emitted += 1\n",
    "        self.emitted += 1\n        if len(self.buffer) > 10_800: raise MemoryError\n",
).replace("client.emit(f", "n > 10_200 or client.emit(f")  # fmt: skip
HANDED_ON = put_in(
    TREES, {"KEY": "n", "HERE": "tree", "ASKED": "sum(len(list(ast.walk(tree))) for tree in self.modules.values())"}
)  # fmt: skip
GROWS_AND_SHRINKS = put_in(
    BUFFERS, {"HERE": "if size < 100: self.shrink()\n    def shrink(self): self.buffer = bytearray(200_000)"}
)  # fmt: skip
CLEAN = {
    "worked off, failures dropped": ("HW358", LOADED),
    "refuses above a bound": ("HW358", REFUSES),
    "trees handed on": ("HW339", HANDED_ON),
    "buffers that are made smaller": ("HW359", GROWS_AND_SHRINKS),
    "history of texts": ("HW360", AGENT.replace("IMAGE", '{"type": "text", "text": text}').replace("HERE", "pass")),
}  # fmt: skip


@pytest.mark.parametrize("name", CLEAN)
def test_what_is_needed_is_not_told(name: str, tmp_path: Path) -> None:
    code, text = CLEAN[name]
    assert_is_not_told(tmp_path / "clean", code, text)
