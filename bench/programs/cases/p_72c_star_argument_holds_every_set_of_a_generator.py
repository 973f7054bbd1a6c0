import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('72c star argument holds every set of a generator')
class _:
    def words(day): return {f'word-{i}' for i in range(day*100,day*100+20_000)}
    def bad():
        words=CASES['72c star argument holds every set of a generator'].words
        return set().union(*(words(day) for day in range(60)))
    def good():
        words=CASES['72c star argument holds every set of a generator'].words
        seen=set()
        for day in range(60): seen.update(words(day))
        return seen


if __name__ == "__main__":
    kept = run()
