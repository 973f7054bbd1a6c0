import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build_log(path):
    with open(path, "w") as out:
        for number in range(420_000):
            out.write(f"{number * 7919 % 1_000_003}\tSELECT * FROM invoices WHERE number = {number:08d}\n")


@case('15 all queries sorted for the top ten')
class _:
    def setup():
        import heapq
        fixture("k_slow_queries.tsv", build_log)

    def bad():
        def queries(path):
            with open(path) as log:
                for line in log:
                    micros, _, statement = line.rstrip("\n").partition("\t")
                    yield int(micros), statement

        def slowest(path, count):
            return sorted(queries(path), reverse=True)[:count]

        top = slowest(os.path.join(D, "k_slow_queries.tsv"), 10)
        print(f"slowest {top[0][0]} us, tenth {top[-1][1]}")
        return top

    def good():
        import heapq

        def queries(path):
            with open(path) as log:
                for line in log:
                    micros, _, statement = line.rstrip("\n").partition("\t")
                    yield int(micros), statement

        def slowest(path, count):
            return heapq.nlargest(count, queries(path))

        top = slowest(os.path.join(D, "k_slow_queries.tsv"), 10)
        print(f"slowest {top[0][0]} us, tenth {top[-1][1]}")
        return top


if __name__ == "__main__":
    kept = run()
