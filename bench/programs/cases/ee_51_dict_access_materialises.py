import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


class Span:
    def __init__(self, kind, level, parent, status):
        self.kind, self.level, self.parent, self.status = kind, level, parent, status


class SlimSpan:
    __slots__ = ('kind', 'level', 'parent', 'status')

    def __init__(self, kind, level, parent, status):
        self.kind, self.level, self.parent, self.status = kind, level, parent, status


KINDS = ('client', 'server', 'producer', 'consumer')


@case('51 obj.__dict__ read once makes a dict for every instance')
class _:
    def bad():
        spans = [Span(KINDS[i % 4], i % 7, None, i % 3) for i in range(400_000)]
        written = 0
        for s in spans:
            written += len(json.dumps(s.__dict__))
        return spans, written
    def good():
        spans = [SlimSpan(KINDS[i % 4], i % 7, None, i % 3) for i in range(400_000)]
        written = 0
        for s in spans:
            written += len(json.dumps({'kind': s.kind, 'level': s.level, 'parent': s.parent, 'status': s.status}))
        return spans, written


if __name__ == "__main__":
    kept = run()
