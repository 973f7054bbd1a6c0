"""What libraries hold for a use that the program does not have: places of edges, empty cells, results of a parser; and
lines of each of many commands, of which the last are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_whole_programs import assert_is_not_told, assert_one_arm_is_told

STOPS = """
import networkx as nx
class Network:
    def __init__(self):
        self.graph = HERE
    def load(self):
        for line in range(60):
            for stop in range(300):
                self.graph.add_edge(line * 1000 + stop, line * 1000 + stop + 1, seconds=stop % 7)  # hop
                self.graph.add_edge(line * 1000 + stop + 1, line * 1000 + stop, seconds=stop % 7)
                ALSO
network = Network()
network.load()
print(nx.dijkstra_path_length(network.graph, 3000, 3200, weight="seconds"), network.graph.number_of_nodes())
"""
ROOMS = """
import openpyxl
class Plan:
    def __init__(self, rooms):
        self.sheet = openpyxl.Workbook().active
        self.rooms, self.taken = rooms, set()
    def is_free(self, row, column):
        return HERE
    def enter(self, row, column, who):
        self.sheet.cell(row, column, who)
        self.taken.add((row, column))
    def room(self, day):
        free = [row for row in range(1, self.rooms) if self.is_free(row, day)]
        return free[-1] if free else 0
plan = Plan(240)
for n in range(200):
    row = plan.room(n + 1)
    plan.enter(row, n + 1, f"group {n}")
print(row, sum(cell.value is not None for cell in plan.sheet._cells.values()))
"""
BOOKINGS = """
import pyparsing as pp
word = pp.Word(pp.alphanums)
line = word("account") + pp.Suppress("*") + word("payee") + pp.Regex("[0-9]+")("cents")
class Ledger:
    def __init__(self):
        self.entries = []
    def read(self, count):
        for n in range(count):
            self.entries.append(HERE(line.parse_string(f"account{n % 50} * payee{n % 90} {n}")))  # parsed
    def total(self):
        return sum(int(cents) for _, _, cents in self.entries)
ledger = Ledger()
ledger.read(6000)
print(ledger.total())
"""
COMMANDS = """
import collections
import io
import time
import types
class Command:
    def __init__(self, number):
        self.output = self.buffer()
        self.number = number
    def buffer(self):
        return HERE
    def run(self):
        process = types.SimpleNamespace(output=io.StringIO("".join(self.lines())))
        for line in process.output:
            self.output.append(line)  # passed
    def lines(self):
        for n in range(4000): yield f"frame={n} quality={n * self.number % 51}\\n"
    def tail(self):
        return READ
class Night:
    def __init__(self):
        self.history = []
    def add(self, number):
        command = Command(number)
        command.run()
        self.history.append(command)
night = Night()
for n in range(40): night.add(n)
print([command.tail() for command in night.history][-1])
time.sleep(0.3)
"""
DAYS = """
import duckdb
import numpy as np
import pandas as pd
def orders(day):
    return pd.DataFrame({"article": np.arange(60_000) * 7919 % 400, "price": np.arange(60_000) * (day + 1) % 997 / 10})
class Warehouse:
    def __init__(self):
        self.connection = duckdb.connect(":memory:")
    def ask(self, name, frame, question):
        self.connection.register(name, frame)  # registered
        rows = self.connection.execute(question).fetchall()
        HERE
        return rows
warehouse = Warehouse()
best = [warehouse.ask(f"day_{day}", orders(day), f"select article, sum(price) from day_{day} group by 1 order by 2, 1")
        for day in range(30)]
print(best[0][0], best[-1][-1])
"""
HANDLERS = """
class Emitter:
    def __init__(self):
        self.handlers = {}
    def register(self, event, handler):
        self.handlers.setdefault(event, []).append({"handler": handler, "count": 1})
class Session:
    def __init__(self, emitter, region):
        def signed(request): return f"{region}/{request}"  # handler
        emitter.register("sign", signed)
        self.region = region
class Sender:
    def __init__(self):
        self.emitter, self.known = Emitter(), None
    def session(self):
        HERE
    def send(self, order):
        return len(self.session().region) + order
sender = Sender()
print(sum(sender.send(order) for order in range(20_000)))
"""
ONE = """if self.known is None: self.known = Session(self.emitter, "eu-central-1")
        return self.known"""
INSERTS = """
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, func, insert, select
engine = create_engine("sqlite://")
table = Table("readings", MetaData(), *(Column(f"c{n}", Integer) for n in range(10)))
table.metadata.create_all(engine)
def load(count):
    rows = [{f"c{n}": i * n for n in range(10)} for i in range(count)]
    with engine.begin() as connection:
        connection.execute(HERE)  # inserted
load(2500)
with engine.begin() as connection: print(connection.execute(select(func.count()).select_from(table)).scalar())
"""
TAIL = COMMANDS.replace("READ", "[line.split()[1] for line in list(self.output)[-3:]]")
CASES = {
    "edges": ("HW399", STOPS.replace("ALSO", "pass"), "nx.MultiDiGraph()", "nx.DiGraph()", "self.graph = "),
    "cells": ("HW115", ROOMS, "self.sheet.cell(row, column).value is None", "(row, column) not in self.taken",
              "return self.sheet"),
    "results": ("HW371", BOOKINGS, "", "tuple", "# parsed"),
    "registered": ("HW337", DAYS, "pass", "self.connection.unregister(name)", "# registered"),
    "handlers": ("HW103", HANDLERS, 'return Session(self.emitter, "eu-central-1")', ONE, "def "),
    "one statement": ("HW761", INSERTS, "insert(table).values(rows)", "insert(table), rows", "# inserted"),
    "lines of many": ("HW353", TAIL, "[]", "collections.deque(maxlen=3)", "# passed"),
}  # fmt: skip
_NEEDS = {
    "edges": "networkx",
    "cells": "openpyxl",
    "results": "pyparsing",
    "registered": "duckdb",
    "one statement": "sqlalchemy",
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_found_and_its_twin_is_not(name: str, tmp_path: Path) -> None:
    pytest.importorskip(_NEEDS.get(name, "sys"))
    code, text, wasteful, mended, line = CASES[name]
    bad, good = text.replace("HERE", wasteful), text.replace("HERE", mended)
    assert_one_arm_is_told(
        tmp_path, code, bad, good, line, within=0.15, is_first=name != "registered"
    )


BOOK = """
import os, time
import openpyxl
if not os.path.exists("prices.xlsx"):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("prices")
    for row in range(1200): sheet.append([f"item {row}", *range(row, row + 14)])
    book.save("prices.xlsx")
    del book, sheet
def total(**options):
    book = openpyxl.load_workbook("prices.xlsx", **options)  # loads
    time.sleep(0.1)
    return sum(sum(row[1:]) for row in book["prices"].iter_rows(values_only=True))
print(total(HERE))
"""


def test_a_workbook_is_loaded_by_what_ran_where_the_source_does_not_tell(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    bad, good = BOOK.replace("HERE", ""), BOOK.replace("HERE", "read_only=True")
    assert_one_arm_is_told(tmp_path, "HW730", bad, good, "# loads", within=0.2)


CLEAN = {
    "parallel edges": ("HW399", STOPS.replace("HERE", "nx.MultiDiGraph()").replace(
        "ALSO", "self.graph.add_edge(line * 1000 + stop, line * 1000 + stop + 1, seconds=1)")),
    "lines that are all read": ("HW353", COMMANDS.replace("READ", "[line.split()[1] for line in list(self.output)]").replace(
        "HERE", "[]")),
    "results that soon go": ("HW371", BOOKINGS.replace("HERE", "tuple")),
}  # fmt: skip


@pytest.mark.parametrize("name", CLEAN)
def test_what_is_needed_is_not_told(name: str, tmp_path: Path) -> None:
    code, text = CLEAN[name]
    pytest.importorskip(
        "networkx" if code == "HW399" else "pyparsing" if code == "HW371" else "sys"
    )
    assert_is_not_told(tmp_path, code, text)
