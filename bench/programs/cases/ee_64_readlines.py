import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


from collections import Counter


def build(path):
    with open(path, 'w') as f:
        for i in range(700_000):
            f.write(f'10.0.{i % 7}.{i % 251} - - [{i % 28 + 1:02d}/Mar/2024] "GET /item/{i * 17} HTTP/1.1" {(200, 200, 404, 500)[i % 4]} {i % 9000}\n')


@case('64 readlines() of a log')
class _:
    def setup(): fixture('d5_access.log', build)
    def bad():
        codes = Counter()
        with open(D + '/d5_access.log') as f:
            rows = f.readlines()
        for row in rows:
            codes[row.rsplit(None, 2)[1]] += 1
        return codes
    def good():
        codes = Counter()
        with open(D + '/d5_access.log') as f:
            for row in f:
                codes[row.rsplit(None, 2)[1]] += 1
        return codes


if __name__ == "__main__":
    kept = run()
