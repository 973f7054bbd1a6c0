import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


SQL = """
with recursive n(i) as (select 0 union all select i + 1 from n where i < 7999)
select i as id, 'ACME-' || i as name, i * 37 % 1009 as price, i % 17 as stock, i * 7 as weight, i % 5 as shelf from n
"""


def namedtuple_factory(cursor, row):
    from collections import namedtuple
    fields = [column[0] for column in cursor.description]
    cls = namedtuple('Row', fields)
    return cls._make(row)


def row_class(fields, known={}):
    from collections import namedtuple
    if fields not in known:
        known[fields] = namedtuple('Row', fields)
    return known[fields]


def cached_factory(cursor, row):
    return row_class(tuple(column[0] for column in cursor.description))._make(row)


@case('21 a namedtuple class made for every row')
class _:
    def setup(): import sqlite3, collections
    def bad():
        import sqlite3
        con = sqlite3.connect(':memory:')
        con.row_factory = namedtuple_factory
        return con.execute(SQL).fetchall()
    def good():
        import sqlite3
        con = sqlite3.connect(':memory:')
        con.row_factory = cached_factory
        return con.execute(SQL).fetchall()


if __name__ == "__main__":
    kept = run()
