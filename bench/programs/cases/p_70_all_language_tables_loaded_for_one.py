import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('70 all language tables loaded for one')
class _:
    def setup():
        for l in range(30):
            p=f'{D}/lang-p-{l}.json'
            if not os.path.exists(p):
                with open(p,'w') as f: json.dump({f'message.{i}.title':f'translation {l} of message {i}' for i in range(15_000)},f)
    def bad():
        class Catalog:
            def __init__(s): s.tables={l:s.load(l) for l in range(30)}
            def load(s,l):
                with open(f'{D}/lang-p-{l}.json') as f: return json.load(f)
            def text(s,l,k): return s.tables[l][k]
        c=Catalog(); return c,c.text(3,'message.7.title')
    def good():
        class Catalog:
            def __init__(s): s.tables={}
            def load(s,l):
                with open(f'{D}/lang-p-{l}.json') as f: return json.load(f)
            def text(s,l,k):
                if l not in s.tables: s.tables[l]=s.load(l)
                return s.tables[l][k]
        c=Catalog(); return c,c.text(3,'message.7.title')


if __name__ == "__main__":
    kept = run()
