import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('36 recursive inner function holds its frame')
class _:
    def bad():
        def total(tree):
            data=bytearray(b'x')*1_000_000
            def walk(node): return data[node[0]]+sum(walk(c) for c in node[1])
            return walk(tree)
        return sum(total((1,[(2,[]),(3,[])])) for i in range(120))
    def good():
        def total(tree):
            data=bytearray(b'x')*1_000_000
            return _walk(tree,data)
        return sum(total((1,[(2,[]),(3,[])])) for i in range(120))
def _walk(node,data): return data[node[0]]+sum(_walk(c,data) for c in node[1])


if __name__ == "__main__":
    kept = run()
