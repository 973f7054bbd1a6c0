import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('67 seen set of hex digests')
class _:
    def bad():
        import hashlib
        seen=set()
        for i in range(1_000_000):
            fp=hashlib.sha256(b'https://example.com/item/%d'%i).hexdigest()
            if fp not in seen: seen.add(fp)
        return seen
    def good():
        import hashlib
        seen=set()
        for i in range(1_000_000):
            fp=hashlib.sha256(b'https://example.com/item/%d'%i).digest()
            if fp not in seen: seen.add(fp)
        return seen


if __name__ == "__main__":
    kept = run()
