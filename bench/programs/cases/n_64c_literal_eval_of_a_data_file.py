import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('64c literal_eval of a data file')
class _:
    def setup():
        if not os.path.exists(D+'/n_lit.json'):
            with open(D+'/n_lit.json','w') as f: json.dump({f'key{i}':i for i in range(80_000)},f)
    def bad():
        import ast
        with open(D+'/n_lit.json') as f:
            return ast.literal_eval(f.read())
    def good():
        import json
        with open(D+'/n_lit.json') as f:
            return json.load(f)


if __name__ == "__main__":
    kept = run()
