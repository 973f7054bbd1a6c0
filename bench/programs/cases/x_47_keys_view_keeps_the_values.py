import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('47 keys view keeps the values')
class _:
    def run(good):
        seen=[]
        for n in range(100):
            batch={f'doc-{n}-{i}':bytearray(b'x')*10_000 for i in range(100)}
            seen.append(tuple(batch) if good else batch.keys())
        return seen
    def bad(): return CASES['47 keys view keeps the values'].run(False)
    def good(): return CASES['47 keys view keeps the values'].run(True)


if __name__ == "__main__":
    kept = run()
