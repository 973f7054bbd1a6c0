import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('28 heap snapshots pin what they count')
class _:
    def run(good):
        marks=[]
        for i in range(100):
            batch=[bytearray(b'x')*1_000_000]
            marks.append(len(gc.get_objects()) if good else gc.get_objects())
        return marks
    def bad(): return CASES['28 heap snapshots pin what they count'].run(False)
    def good(): return CASES['28 heap snapshots pin what they count'].run(True)


if __name__ == "__main__":
    kept = run()
