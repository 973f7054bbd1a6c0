import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('22 re cache keeps generated patterns')
class _:
    def words(t): return [f'{t:x}w{(i*2654435761+t)%1_000_003:x}' for i in range(1700)]
    def bad():
        import re
        n=0; c=CASES['22 re cache keeps generated patterns']
        for t in range(300):
            text=' '.join(c.words(t)[:3])
            n+=len(re.findall(r'\b(?:%s)\b'%'|'.join(c.words(t)),text))
        return n
    def good():
        import re
        n=0; c=CASES['22 re cache keeps generated patterns']
        for t in range(300):
            text=' '.join(c.words(t)[:3]); ws=set(c.words(t))
            n+=sum(w in ws for w in re.findall(r'\w+',text))
        return n


if __name__ == "__main__":
    kept = run()
