import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('47b queued bound method pickles the whole object')
class _:
    def bad():
        import pickle
        r=Ranker(); return [pickle.dumps((r.score,q)) for q in range(150)]
    def good():
        import pickle
        r=Ranker(); return [pickle.dumps((Ranker.weigh,r.weight,q)) for q in range(150)]
class Ranker:
    def __init__(s): s.table=bytearray(b'x')*1_000_000; s.weight=3
    def score(s,q): return s.weight*q
    @staticmethod
    def weigh(weight,q): return weight*q


if __name__ == "__main__":
    kept = run()
