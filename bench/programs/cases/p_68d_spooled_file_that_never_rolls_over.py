import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('68d spooled file that never rolls over')
class _:
    def bad():
        f=tempfile.SpooledTemporaryFile()
        for i in range(90): f.write(bytes([i])*1_000_000)
        f.seek(0); return f
    def good():
        f=tempfile.SpooledTemporaryFile(max_size=1_000_000)
        for i in range(90): f.write(bytes([i])*1_000_000)
        f.seek(0); return f


if __name__ == "__main__":
    kept = run()
