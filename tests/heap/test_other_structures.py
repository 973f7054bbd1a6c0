"""Structures that another one would serve: heaps with what is no longer true (HW410), prefix trees of dicts (HW411),
tables of bound methods in each instance (HW389), graphs (HW414); and queries that another one would (HW412)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_whole_programs import advised, assert_is_not_told, assert_one_arm_is_told

LEASES = """
import heapq
class Leases:
    def __init__(self): self.tokens, self.by_expiry = {}, []
    def renew(self, worker, now):
        COMPACT
        token = f"lease:{worker}:{now:09}"
        self.tokens[worker] = token
        heapq.heappush(self.by_expiry, ENTRY)  # pushed
    def drop(self, now):
        gone = 0
        while self.by_expiry and self.by_expiry[0][0] <= now:
            TAKEN
                del self.tokens[worker]
                gone += 1
        return gone
leases, gone = Leases(), 0
for beat in range(600):
    for n in range(100): leases.renew(f"builder-{n:03}", beat)
    gone += leases.drop(beat)
print(len(leases.tokens), gone)
"""
_APART = """when, token, worker = heapq.heappop(self.by_expiry)
            if self.tokens.get(worker) == token:"""
_WHOLE = """entry = heapq.heappop(self.by_expiry)
            worker = entry[2]
            if entry[1] == self.tokens[entry[2]]:"""
_BY_KEY = LEASES.replace("ENTRY", "(now + 5000, token, worker)").replace("TAKEN", _APART)
_BY_PLACE = LEASES.replace("ENTRY", "[now + 5000, token, worker]").replace("TAKEN", _WHOLE)
_COMPACT = """if len(self.by_expiry) > 2 * len(self.tokens) + 64:
            self.by_expiry = [each for each in self.by_expiry if self.tokens.get(each[2]) == each[1]]
            heapq.heapify(self.by_expiry)"""
ACTED_ON = """
import heapq
class Plan:
    def __init__(self): self.jobs, self.done = [], {}
    def add(self, when, text, worker): heapq.heappush(self.jobs, (when, text, worker))
    def run(self, now):
        while self.jobs and self.jobs[0][0] <= now:
            when, text, worker = heapq.heappop(self.jobs)
            self.done[worker] = self.done.get(worker, 0) + len(text)
plan = Plan()
for n in range(60_000): plan.add(n + 90_000, f"job {n} of the night", f"builder-{n % 100}")
plan.run(90_010)
print(len(plan.jobs), len(plan.done))
"""
ORDERED = """
from collections import OrderedDict, deque
class Recent:
    def __init__(self): self.pages, self.order = OrderedDict(), deque()
    def page(self, key):
        HIT
        if key not in self.pages:
            self.pages[key] = f"page of {key}"
            if len(self.pages) > 500: EVICTED
        return self.pages[key]
recent, total = Recent(), 0
for n in range(60_000): total += len(recent.page(("user", n * 7 % 300)))
print(total, len(recent.pages))
"""
WORDS = """
import bisect, itertools
PARTS = "al ber cor dun el fen gar hol in jan kel lin mar nor ost pen".split()
def words():
    for n in range(9000):
        code, stem = n * 7919 % 65536, ""
        for _ in range(4):
            code, part = divmod(code, 16)
            stem += PARTS[part]
        yield stem
class Tree:
    def __init__(self, words):
        self.root = {}
        for word in words:
            node = self.root
            for letter in word: node = node.setdefault(letter, {})  # grown
            node[""] = None
    def first(self, prefix):
        node = self.root
        for letter in prefix: node = node[letter]
        while "" not in node:
            letter = min(node)
            node, prefix = node[letter], prefix + letter
        return prefix
class Node:
    __slots__ = ("children", "ends")
    def __init__(self): self.children, self.ends = {}, False
class Nodes:
    def __init__(self, words):
        self.root = Node()
        for word in words:
            node = self.root
            for letter in word:
                if letter not in node.children: node.children[letter] = Node()  # grown
                node = node.children[letter]
            node.ends = True
    def first(self, prefix):
        node = self.root
        for letter in prefix: node = node.children[letter]
        while not node.ends:
            letter = min(node.children)
            node, prefix = node.children[letter], prefix + letter
        return prefix
class Sorted:
    def __init__(self, words): self.words = sorted(words)
    def first(self, prefix): return self.words[bisect.bisect_left(self.words, prefix)]
index = HERE(words())
print([index.first(each) for each in ("alber", "norost", "pen")])
"""
LETTERS_OF_RECORDS = """
rows = [{"a": {"x": n, "y": n + 1}, "b": {"x": -n, "y": 2 * n}} for n in range(1000, 21_000)]
print(sum(row["a"]["x"] + row["b"]["y"] for row in rows))
"""
SESSIONS = """
class Player:
    __slots__ = ("number", "score")
    def __init__(self, number): self.number, self.score = number, 0
    def on_move(self, by): self.score += by
    def on_chat(self, by): pass
    def on_rest(self, by): self.score = 0
class Session(Player):
    __slots__ = ("handlers",)
    def __init__(self, number):
        super().__init__(number)
        OWN
    def dispatch(self, name, by): CALL
sessions = [Session(n) for n in range(8000)]
for each in sessions:
    for name in ("move", "chat", "move", "rest", "move"): each.dispatch(name, each.number % 100)
print(sum(each.score for each in sessions))
"""
_TABLE = (
    'self.handlers = {"move": self.on_move, "chat": self.on_chat, "rest": self.on_rest}  # made'
)
_OF_CLASS = ('pass\n    HANDLERS = {each: getattr(Player, f"on_{each}") for each in ("move", "chat", "rest")}',
             "self.HANDLERS[name](self, by)")  # fmt: skip


def _sessions(own: str, call: str) -> str:
    return SESSIONS.replace("OWN", own).replace("CALL", call)


_MENDED_SESSIONS = _sessions(*_OF_CLASS).replace('__slots__ = ("handlers",)', "__slots__ = ()")
CASES = {
    "leases": ("HW410", _BY_KEY.replace("COMPACT", "pass"), _BY_KEY.replace("COMPACT", _COMPACT), "# pushed"),
    "leases in lists": ("HW410", _BY_PLACE.replace("COMPACT", "pass"), _BY_PLACE.replace("COMPACT", _COMPACT), "# pushed"),
    "order of use": (
        "HW410", ORDERED.replace("HIT", "self.order.append(key)  # pushed").replace(
            "EVICTED", "del self.pages[self.order.popleft()]"),
        ORDERED.replace("HIT", "if key in self.pages: self.pages.move_to_end(key)").replace(
            "EVICTED", "self.pages.popitem(last=False)"), "# pushed"),
    "letters": ("HW411", WORDS.replace("HERE", "Tree"), WORDS.replace("HERE", "Sorted"), "# grown"),
    "letters of their own": (
        "HW411", WORDS.replace("yield stem", "yield ''.join(chr(ord(each) + 975) for each in stem)").replace(
            '"alber", "norost", "pen"', '"аббб"[:1]').replace("HERE", "Tree"),
        WORDS.replace("yield stem", "yield ''.join(chr(ord(each) + 975) for each in stem)").replace(
            '"alber", "norost", "pen"', '"аббб"[:1]').replace("HERE", "Sorted"), "# grown"),
    "letters of nodes": ("HW411", WORDS.replace("HERE", "Nodes"), WORDS.replace("HERE", "Sorted"), "# grown"),
    "handlers": ("HW389", _sessions(_TABLE, "self.handlers[name](by)"), _MENDED_SESSIONS, "# made"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_it_is_found_and_its_twin_is_not(name: str, tmp_path: Path) -> None:
    code, bad, good, line = CASES[name]
    assert_one_arm_is_told(tmp_path, code, bad, good, line)


REMINDERS = """
import heapq
class Reminders:
    def __init__(self): self.queue, self.state, self.sent = [], {}, 0
    def add(self, when, user, text):
        self.state[user] = "active"
        heapq.heappush(self.queue, (when, user, text))
    def run(self, now):
        while self.queue and self.queue[0][0] <= now:
            TAKEN
                self.sent += len(text)
reminders = Reminders()
for n in range(60_000): reminders.add(n, f"user-{n % 200}", f"reminder {n} of the day")
reminders.run(1000)
print(len(reminders.queue), reminders.sent)
"""
_ACTIVE = """when, user, text = heapq.heappop(self.queue)
            if self.state[user] == "active":"""
_STARRED = """*_, text = heapq.heappop(self.queue)
            if self.state.get(text) != text:"""
DEEP_RECORDS = """
rows = [{"p": {"x": {"a": {"b": n}, "c": n + 1}, "y": n + 2}, "q": {"z": {"d": {"e": -n}}}} for n in range(9_000)]
print(sum(row["p"]["x"]["a"]["b"] for row in rows))
"""
EXPRESSIONS = """
def tree(depth, n):
    if not depth: return {"c": n}
    return {"o": "add", "l": tree(depth - 1, 2 * n), "r": tree(depth - 1, 2 * n + 1)}
def value(node): return node["c"] if "c" in node else value(node["l"]) + value(node["r"])
print(value(tree(14, 1)))
"""
WAYS = """
level = [{} for _ in range(2000)]
for d in range(8):
    level = [{c: level[(i * 4 + k * 7 + d) % 2000] for k, c in enumerate("abcdefghij")} for i in range(2000)]
print(len(level))
"""
BEST = (
    WORDS.replace(
        "node = node.setdefault(letter, {})  # grown",
        """
                node = node.setdefault(letter, {})
                node["count"] = node.get("count", 0) + 1
                node.setdefault("best", word)
            node""",
    )
    .replace('node[""] = None', "pass")
    .replace('while "" not in node', "while False")
)
LISTENERS = """
class Job:
    def __init__(self, n): self.n, self.callbacks = n, [self.log]
    def log(self): return self.n
jobs = [Job(n) for n in range(20_000)]
jobs[7].callbacks.append(print)
print(sum(each() or 0 for job in jobs for each in job.callbacks[:1]))
"""
SQUARE = """
import itertools
def loaded(n): return [f"row {n} {k}" for k in range(100)]
def pairs(): return itertools.product((loaded(n) for n in range(600)), repeat=2)
seen = [len(a) + len(b) for a, b in pairs()]
print(max(seen))
"""
CLEAN = {
    "entries that a limit asks for": ("HW410", REMINDERS.replace("TAKEN", _ACTIVE)),
    "entries taken apart by a star": ("HW410", REMINDERS.replace("TAKEN", _STARRED)),
    "deep records of short keys": ("HW411", DEEP_RECORDS),
    "trees of expressions": ("HW411", EXPRESSIONS),
    "several ways to a dict": ("HW411", WAYS),
    "dicts that carry more": ("HW411", BEST.replace("HERE", "Tree")),
    "lists that are added to": ("HW389", LISTENERS),
    "pairs of the same": ("HW337", SQUARE),
    "entries that are all acted on": ("HW410", ACTED_ON),
    "a queue of events": ("HW410", ORDERED.replace("HIT", "self.order.append(key)").replace(
        "EVICTED", "print(self.order.popleft())")),
    "few that are superseded": ("HW410", _BY_KEY.replace("COMPACT", "pass").replace("range(600)", "range(1)").replace(
        "range(100)", "range(20_000)")),
    "keys of one letter": ("HW411", LETTERS_OF_RECORDS),
    "methods of another object": ("HW389", _sessions(
        'self.handlers = {"move": other.on_move, "chat": other.on_chat, "rest": other.on_rest}', "self.handlers[name](by)"
    ).replace("sessions =", "other = Player(1)\nsessions =")),
}  # fmt: skip


@pytest.mark.parametrize("name", CLEAN)
def test_what_is_needed_is_not_told(name: str, tmp_path: Path) -> None:
    code, text = CLEAN[name]
    assert_is_not_told(tmp_path, code, text)


def test_a_prefix_tree_is_told_once(tmp_path: Path) -> None:
    found, _, _ = advised(tmp_path, CASES["letters"][1], "--snapshot", "peak,end")
    assert {"HW325", "HW320", "HW304"}.isdisjoint(each["code"] for each in found["findings"])


PROJECTS = """
import os, tempfile
from sqlalchemy import ForeignKey, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, joinedload, mapped_column, relationship, selectinload
class Base(DeclarativeBase): pass
class Project(Base):
    __tablename__ = "project"
    id: Mapped[int] = mapped_column(primary_key=True)
    tasks: Mapped[list["Task"]] = relationship(order_by="Task.id")
    comments: Mapped[list["Comment"]] = relationship(order_by="Comment.id")
class Task(Base):
    __tablename__ = "task"
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    title: Mapped[str]
class Comment(Base):
    __tablename__ = "comment"
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    text: Mapped[str]
folder = tempfile.mkdtemp()
engine = create_engine("sqlite:///" + os.path.join(folder, "x.db"))
Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add(Project(id=1, tasks=[Task(title=f"task {n} of the schedule") for n in range(TASKS)],
                        comments=[Comment(text=f"note {n}: " + "seen " * 8) for n in range(NOTES)]))
    session.commit()
def project_of(session, eager):
    query = select(Project).options(eager(Project.tasks), HERE(Project.comments))
    return session.scalars(query).unique().one()  # asked
with Session(engine) as session:
    project = project_of(session, WAY)
print(len(project.tasks), len(project.comments))
"""


def _projects(tasks_by: str, notes_by: str, tasks: int = 250, notes: int = 250) -> str:
    text = PROJECTS.replace("WAY", tasks_by).replace("HERE", notes_by)
    return text.replace("TASKS", str(tasks)).replace("NOTES", str(notes))


def test_collections_that_are_joined_are_found_and_their_twin_is_not(tmp_path: Path) -> None:
    pytest.importorskip("sqlalchemy")
    bad = _projects("joinedload", "eager")
    good = _projects("selectinload", "eager")
    assert_one_arm_is_told(tmp_path, "HW412", bad, good, "# asked")


def test_one_collection_that_is_joined_is_not_told(tmp_path: Path) -> None:
    pytest.importorskip("sqlalchemy")
    one = _projects("joinedload", "selectinload", 4000, 3)
    assert_is_not_told(tmp_path, "HW412", one)


GRAPH = """
class Roads:
    def __init__(self):
        self.near = {}
        for u in range(2_500):
            for k in range(1, 13):
                v = (u * k + k * 7919) % 2_500
                self.near.setdefault(u, {})[v] = DATA
                self.near.setdefault(v, {})[u] = DATA
    def around(self, u): return sum(1 for v in self.near[u])
roads = Roads()
print(sum(roads.around(u) for u in range(2_500)))
"""


def test_a_graph_of_dicts_is_told_with_what_arrays_save(tmp_path: Path) -> None:
    text = GRAPH.replace("DATA", "{}")
    found, before, said = advised(tmp_path / "bad", text, "--snapshot", "end")
    _, without, _ = advised(tmp_path / "none", "print(1)\n", "--snapshot", "end")
    [told] = [each for each in found["findings"] if each["code"] == "HW414"]
    entries = int(said)
    assert told["saving_bytes"] == pytest.approx(before - without - 4 * (entries + 2_501), rel=0.1)


OTHER_DICTS = {
    "more than a number": GRAPH.replace("DATA", "{'weight': u % 9, 'name': str(v)}"),
    "keys of something else": GRAPH.replace("DATA", "{}").replace("[v] =", "[f'to {v}'] =").replace("[u] =", "[f'to {u}'] ="),
    "taken out": GRAPH.replace("DATA", "{}").replace("def around", "def close(self, u): del self.near[u]\n    def around"),
    "a table": """
table = {}
for row in range(500):
    for column in range(100): table.setdefault(row, {}).setdefault(column, {})["v"] = row / 7 + column
print(len(table))
""",
}  # fmt: skip


@pytest.mark.parametrize("name", OTHER_DICTS)
def test_other_dicts_of_dicts_are_no_graphs(name: str, tmp_path: Path) -> None:
    assert_is_not_told(tmp_path / "app", "HW414", OTHER_DICTS[name])


NETWORK = """
import networkx as nx
roads = nx.DiGraph()
for u in range(3_000):
    for k in range(1, 9): roads.add_edge(u, (u * k + k * 7919) % 3_000, weight=k)
print(DONE)
"""
SHORTEST = "len(nx.single_source_dijkstra_path_length(roads, 3, cutoff=2))"


@pytest.mark.parametrize(
    ("done", "is_told"),
    [
        (SHORTEST, True),
        (f"{SHORTEST}, nx.transitivity(roads)", False),
        (f"{SHORTEST}, roads.remove_node(3)", False),
        ("len(roads)", False),
    ],
)
def test_graphs_of_networkx_by_what_is_asked_of_them(
    done: str, is_told: bool, tmp_path: Path
) -> None:
    pytest.importorskip("networkx")
    found, _, _ = advised(tmp_path / "app", NETWORK.replace("DONE", done), "--snapshot", "end")
    assert ("HW414" in {each["code"] for each in found["findings"]}) is is_told
