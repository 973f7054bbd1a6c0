import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


class Missing(KeyError):
    pass


def read_page(key):
    return os.urandom(40_000 + len(key))


class StoreBad:
    missing = Missing('no such document')
    def get(self, key):
        page = read_page(key)
        if key.encode() not in page:
            raise self.missing
        return len(page)


class StoreGood:
    def get(self, key):
        page = read_page(key)
        if key.encode() not in page:
            raise Missing(f'no such document: {key}')
        return len(page)


def lookup(store, n):
    absent = 0
    for i in range(n):
        try: store.get(f'document-{i}')
        except Missing: absent += 1
    return absent


@case('04 one exception instance raised again and again')
class _:
    def bad():
        s = StoreBad(); return s, lookup(s, 2000)
    def good():
        s = StoreGood(); return s, lookup(s, 2000)


if __name__ == "__main__":
    kept = run()
