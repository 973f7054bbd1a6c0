import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('03b hidden __context__ keeps the first error')
class _:
    def bad():
        errs=[]
        for i in range(150):
            try:
                try: _lookup(i)
                except KeyError: raise RuntimeError(f'no item {i}') from None
            except RuntimeError as e: errs.append(e.with_traceback(None))
        return errs
    def good():
        errs=[]
        for i in range(150):
            try:
                try: _lookup(i)
                except KeyError: found=False
                if not found: raise RuntimeError(f'no item {i}')
            except RuntimeError as e: errs.append(e.with_traceback(None))
        return errs
def _lookup(i):
    page=bytearray(b'x')*1_000_000
    raise KeyError(i)


if __name__ == "__main__":
    kept = run()
