import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build_log(path):
    with open(path, "w") as out:
        for number in range(500_000):
            out.write(f"2024-05-0{number % 9 + 1}T12:00:00 INFO worker-{number % 16} job {number:07d} done in {number % 977} ms\n")


@case('14 all lines read for the last twenty')
class _:
    def setup():
        import collections
        fixture("k_worker.log", build_log)

    def bad():
        def last_lines(path, count):
            with open(path) as log:
                return log.readlines()[-count:]

        lines = last_lines(os.path.join(D, "k_worker.log"), 20)
        print(f"{len(lines)} lines, last job {lines[-1].split()[4]}")
        return lines

    def good():
        from collections import deque

        def last_lines(path, count):
            with open(path) as log:
                return list(deque(log, maxlen=count))

        lines = last_lines(os.path.join(D, "k_worker.log"), 20)
        print(f"{len(lines)} lines, last job {lines[-1].split()[4]}")
        return lines


if __name__ == "__main__":
    kept = run()
