import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build_db(path):
    import sqlite3
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE member (id INTEGER PRIMARY KEY, name TEXT, joined TEXT, points INTEGER)")
    db.executemany("INSERT INTO member VALUES (?, ?, ?, ?)",
                   ((n, f"member {n}", f"20{n % 24:02d}-01-01", n * 37 % 10_000) for n in range(20_000)))
    db.commit()
    db.close()


@case('20 record class made for each query')
class _:
    def setup():
        import collections
        import sqlite3
        fixture("k_members.db", build_db)

    def bad():
        import sqlite3
        from collections import namedtuple

        class Members:
            def __init__(self, path):
                self.db = sqlite3.connect(path)

            def one(self, number):
                cursor = self.db.execute("SELECT * FROM member WHERE id = ?", (number,))
                Record = namedtuple("Record", [column[0] for column in cursor.description])
                return Record(*cursor.fetchone())

        members = Members(os.path.join(D, "k_members.db"))
        signed_in = {number: members.one(number) for number in range(12_000)}
        print(f"{len(signed_in)} members, {sum(m.points for m in signed_in.values())} points")
        return signed_in

    def good():
        import functools
        import sqlite3
        from collections import namedtuple

        @functools.lru_cache(maxsize=100)
        def record_class(columns):
            return namedtuple("Record", columns)

        class Members:
            def __init__(self, path):
                self.db = sqlite3.connect(path)

            def one(self, number):
                cursor = self.db.execute("SELECT * FROM member WHERE id = ?", (number,))
                Record = record_class(tuple(column[0] for column in cursor.description))
                return Record(*cursor.fetchone())

        members = Members(os.path.join(D, "k_members.db"))
        signed_in = {number: members.one(number) for number in range(12_000)}
        print(f"{len(signed_in)} members, {sum(m.points for m in signed_in.values())} points")
        return signed_in


if __name__ == "__main__":
    kept = run()
