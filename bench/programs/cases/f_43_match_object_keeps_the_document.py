import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('43 match object keeps the document')
class _:
    def setup(): import re
    def bad():
        import re
        subject=re.compile(r'^Subject: (.*)$',re.M)
        def fetch(i): return f'From: a@example.com\nSubject: report {i}\n\n'+'line of text\n'*60_000
        index=[]
        for i in range(80):
            index.append(subject.search(fetch(i)))
        print('subjects',sum(len(m.group(1)) for m in index))
        return index
    def good():
        import re
        subject=re.compile(r'^Subject: (.*)$',re.M)
        def fetch(i): return f'From: a@example.com\nSubject: report {i}\n\n'+'line of text\n'*60_000
        index=[]
        for i in range(80):
            index.append(subject.search(fetch(i)).group(1))
        print('subjects',sum(len(s) for s in index))
        return index


if __name__ == "__main__":
    kept = run()
