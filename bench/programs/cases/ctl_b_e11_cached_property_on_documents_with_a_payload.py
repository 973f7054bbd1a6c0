import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E11 cached_property on documents with a payload')
class _:
    def good():
        import functools, random, hashlib
        class Scan:
            def __init__(s,no,blob): s.no=no; s.blob=blob; s.note=None
            @functools.cached_property
            def digest(s): return hashlib.sha256(s.blob).hexdigest()
            @functools.cached_property
            def peak(s): return max(s.blob[:2000])
            def to_row(s): return {k:v for k,v in vars(s).items() if k!='blob'}
        r=random.Random(11)
        scans=[Scan(i,r.randbytes(64_000)) for i in range(700)]
        by_digest={s.digest:s for s in scans}
        rows=[s.to_row() for s in scans if s.peak>250][:5]; ones=0
        for k in r.choices(list(by_digest),k=3000): ones+=by_digest[k].blob.count(255)
        return scans,by_digest,rows,ones


if __name__ == "__main__":
    kept = run()
