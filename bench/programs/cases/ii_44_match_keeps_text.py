import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


HEAD = r'^job=(?P<job>\d+) host=(?P<host>\S+) exit=(?P<exit>\d+)$'


def logs(n):
    """Log texts of some 500 KB; the last line tells how the job ended."""
    import random
    r = random.Random(44)
    lines = [f'{r.getrandbits(40):x} step {r.randrange(999)} wrote {r.getrandbits(60)} rows to part-{r.randrange(99)}'
             for _ in range(3000)]
    for i in range(n):
        yield '\n'.join(r.choices(lines, k=9000)) + f'\njob={i} host=node{r.randrange(40)} exit={r.randrange(3)}\n'


@case('44 stored match objects keep the searched text')
class _:
    def setup(): import re, random
    def bad():
        import re
        ends = []
        for text in logs(200):
            m = re.search(HEAD, text, re.M)
            if m and m['exit'] != '0':
                ends.append(m)
        return ends
    def good():
        import re
        ends = []
        for text in logs(200):
            m = re.search(HEAD, text, re.M)
            if m and m['exit'] != '0':
                ends.append(m.group('job', 'host', 'exit'))
        return ends


if __name__ == "__main__":
    kept = run()
