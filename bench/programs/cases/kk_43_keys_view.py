import gc
import os
import sys

from harness import CASES, D, case, fixture, run


def uploads(n):
    """Each kind of document comes with its own optional columns and a content of half a megabyte."""
    import random
    r = random.Random(441)
    for kind in range(n):
        params = {"id": kind, "title": f"document {kind}", "content": r.randbytes(500_000)}
        for bit in range(8):
            if kind >> bit & 1:
                params[f"option_{bit}"] = kind * bit
        yield "documents", params


class Compiled:
    """An INSERT that was compiled for one set of columns, for use with further rows."""

    def __init__(self, table, column_keys):
        self.table = table
        self.column_keys = column_keys
        names = ", ".join(column_keys)
        marks = ", ".join(f":{key}" for key in column_keys)
        self.sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"

    def bind(self, params):
        return [params[key] for key in self.column_keys]


class Engine:
    def __init__(self):
        self.compiled_cache = {}
        self.rows = 0
        self.written = 0

    def column_keys(self, params):
        return params.keys()

    def insert(self, table, params):
        key = (table, tuple(params))
        compiled = self.compiled_cache.get(key)
        if compiled is None:
            compiled = Compiled(table, self.column_keys(params))
            self.compiled_cache[key] = compiled
        values = compiled.bind(params)
        self.rows += 1
        self.written += len(values[2])


class ListKeysEngine(Engine):
    def column_keys(self, params):
        return list(params.keys())


@case('43 dict_keys in the compiled cache keeps the parameters')
class _:
    def setup(): import random
    def bad():
        engine = Engine()
        for table, params in uploads(200):
            engine.insert(table, params)
        return engine
    def good():
        engine = ListKeysEngine()
        for table, params in uploads(200):
            engine.insert(table, params)
        return engine


if __name__ == "__main__":
    kept = run()
