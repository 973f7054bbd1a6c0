import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def parse(i, raw):
    if raw[0] != i % 256:
        raise ValueError(f'message {i}: bad checksum')
    return len(raw)


def fetch_bad(i, attempts=2):
    last = None
    for _ in range(attempts):
        raw = os.urandom(500_000)
        try:
            return parse(i, raw)
        except ValueError as e:
            last = e
    raise last


def fetch_good(i, attempts=2):
    last = None
    for _ in range(attempts):
        raw = os.urandom(500_000)
        try:
            return parse(i, raw)
        except ValueError as e:
            last = e
    try:
        raise last
    finally:
        last = None


def drain(fetch):
    read, failed = 0, []
    for i in range(600):
        try: read += fetch(i)
        except ValueError as e: failed.append(str(e))
    return read, failed


@case('03 last error kept in a local of its own frame')
class _:
    def bad():
        return drain(fetch_bad)
    def good():
        return drain(fetch_good)


if __name__ == "__main__":
    kept = run()
