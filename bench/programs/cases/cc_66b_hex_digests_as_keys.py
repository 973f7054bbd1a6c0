import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('66b hex digests as keys')
class _:
    def bad():
        import hashlib
        seen=set()
        for i in range(800_000): seen.add(hashlib.sha256(b'%d'%i).hexdigest())
        return seen
    def good():
        import hashlib
        seen=set()
        for i in range(800_000): seen.add(hashlib.sha256(b'%d'%i).digest())
        return seen


if __name__ == "__main__":
    kept = run()
