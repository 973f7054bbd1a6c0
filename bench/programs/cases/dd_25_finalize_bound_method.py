import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


class IndexBad:
    def __init__(self, i):
        import weakref
        self.name, self.open = f'index-{i}', True
        self.postings = os.urandom(300_000)
        weakref.finalize(self, self.disconnect)
    def disconnect(self): self.open = False
    def query(self, word): return self.postings.count(word)


def disconnect(name):
    return name


class IndexGood:
    def __init__(self, i):
        import weakref
        self.name = f'index-{i}'
        self.postings = os.urandom(300_000)
        weakref.finalize(self, disconnect, self.name)
    def query(self, word): return self.postings.count(word)


@case('25 weakref.finalize with a bound method')
class _:
    def setup(): import weakref
    def bad():
        return [IndexBad(i).query(b'ab') for i in range(350)]
    def good():
        return [IndexGood(i).query(b'ab') for i in range(350)]


if __name__ == "__main__":
    kept = run()
