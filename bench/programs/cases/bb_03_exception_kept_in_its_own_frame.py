import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('03 exception kept in its own frame')
class _:
    def bad():
        def fetch(i):
            page=bytearray(b'x')*1_000_000; err=None
            try: raise ConnectionError(f'host {i}')
            except ConnectionError as e: err=e
            return str(err),len(page)
        return [fetch(i) for i in range(150)]
    def good():
        def fetch(i):
            page=bytearray(b'x')*1_000_000; err=None
            try: raise ConnectionError(f'host {i}')
            except ConnectionError as e: err=e
            try: return str(err),len(page)
            finally: del err
        return [fetch(i) for i in range(150)]


if __name__ == "__main__":
    kept = run()
