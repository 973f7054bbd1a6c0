import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('46 matcher kept for its ratio')
class _:
    def setup(): import difflib
    def page(k): return [f'line {i} of page {k//2} '+'.'*100 for i in range(k%2,1500)]
    def run(good):
        from difflib import SequenceMatcher
        page=CASES['46 matcher kept for its ratio'].page
        best=[]
        for k in range(0,300,2):
            m=SequenceMatcher(None,page(k),page(k+1))
            if m.ratio()>.9: best.append((k,m.ratio()) if good else (k,m))
        return best
    def bad(): return CASES['46 matcher kept for its ratio'].run(False)
    def good(): return CASES['46 matcher kept for its ratio'].run(True)


if __name__ == "__main__":
    kept = run()
