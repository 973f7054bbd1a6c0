import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('36 mutable default argument')
class _:
    def bad():
        def render(page,parts=[]):
            parts.append(bytearray(b'x')*300_000)
            return len(parts[-1])
        for i in range(300): render(i)
        return render
    def good():
        def render(page,parts=None):
            if parts is None: parts=[]
            parts.append(bytearray(b'x')*300_000)
            return len(parts[-1])
        for i in range(300): render(i)
        return render


if __name__ == "__main__":
    kept = run()
