import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('08 mutable default argument')
class _:
    def bad():
        def parse(lines,rows=[]):
            for l in lines: rows.append(l.split(';'))
            return rows
        n=0
        for b in range(60): n+=int(parse([f'{b};{i};{i*7};open' for i in range(5000)])[-1][1])
        return parse,n
    def good():
        def parse(lines,rows=None):
            if rows is None: rows=[]
            for l in lines: rows.append(l.split(';'))
            return rows
        n=0
        for b in range(60): n+=int(parse([f'{b};{i};{i*7};open' for i in range(5000)])[-1][1])
        return parse,n


if __name__ == "__main__":
    kept = run()
