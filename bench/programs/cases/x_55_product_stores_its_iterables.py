import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('55 product stores its iterables')
class _:
    def gen():
        for i in range(1500): yield bytearray(b'x')*100_000
    def bad():
        import itertools
        return sum(len(page)+len(lang) for page,lang in itertools.product(CASES['55 product stores its iterables'].gen(),('de','fr','it')))
    def good():
        return sum(len(page)+len(lang) for page in CASES['55 product stores its iterables'].gen() for lang in ('de','fr','it'))


if __name__ == "__main__":
    kept = run()
