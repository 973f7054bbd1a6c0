CODE, HOLDER = "HW203", "databases.connections"
import contextlib
import sqlite3

connections = []


def leaking():
    for _ in range(2):
        connections.append(sqlite3.connect(":memory:"))  # here


def clean():
    for _ in range(2):
        with contextlib.closing(sqlite3.connect(":memory:")) as database:
            database.execute("select 1")
