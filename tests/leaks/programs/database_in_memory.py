CODE, HOLDER = "HW162", ""
import sqlite3

db = sqlite3.connect(":memory:")
db.execute("create table log(a)")


def leaking():
    for _ in range(4):
        db.execute("insert into log values (?)", ("x" * 2000,))  # here
    db.commit()


def clean():
    for _ in range(4):
        db.execute("insert into log values (?)", ("x" * 2000,))
    db.execute("delete from log")
    db.commit()
