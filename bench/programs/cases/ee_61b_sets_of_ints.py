import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


import random


def documents(n):
    rnd = random.Random(11)
    for doc in range(n):
        yield doc, {int(rnd.expovariate(1 / 400)) for _ in range(60)}


@case('61b inverted index as dict of sets of ints')
class _:
    def setup(): import numpy
    def bad():
        index = {}
        for doc, terms in documents(25_000):
            for t in terms:
                index.setdefault(t, set()).add(doc)
        return index
    def good():
        from array import array
        index = {}
        for doc, terms in documents(25_000):
            for t in terms:
                index.setdefault(t, array('I')).append(doc)
        return index


if __name__ == "__main__":
    kept = run()
