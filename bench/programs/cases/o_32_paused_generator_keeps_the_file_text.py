import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('32 paused generator keeps the file text')
class _:
    def setup():
        with open(D+'/o_rows.txt','w') as f: f.writelines(f'row {i};open;{i*7}\n' for i in range(40_000))
    def bad():
        def rows(path):
            with open(path) as f: text=f.read()
            for l in text.split('\n'): yield l
        cursors=[rows(D+'/o_rows.txt') for _ in range(30)]
        return cursors,[next(c) for c in cursors]
    def good():
        def rows(path):
            with open(path) as f:
                for l in f: yield l.rstrip('\n')
        cursors=[rows(D+'/o_rows.txt') for _ in range(30)]
        return cursors,[next(c) for c in cursors]


if __name__ == "__main__":
    kept = run()
