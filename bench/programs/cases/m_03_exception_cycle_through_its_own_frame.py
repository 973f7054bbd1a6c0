import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('03 exception cycle through its own frame')
class _:
    def bad():
        def fetch(i):
            page=bytearray(b'x')*1_000_000; err=None
            try: raise ConnectionError(i,len(page))
            except ConnectionError as e: err=e
            if err is not None: raise err
        n=0
        for i in range(120):
            try: fetch(i)
            except ConnectionError: n+=1
        return n
    def good():
        def fetch(i):
            page=bytearray(b'x')*1_000_000; err=None
            try: raise ConnectionError(i,len(page))
            except ConnectionError as e: err=e
            try:
                if err is not None: raise err
            finally: err=None
        n=0
        for i in range(120):
            try: fetch(i)
            except ConnectionError: n+=1
        return n


if __name__ == "__main__":
    kept = run()
