import gc
import json
import os
import re
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


BUILD = re.compile(r"^build-id: (?P<id>[0-9a-f]+)$", re.M)


def read_log(i):
    head = f"host worker-{i}\nbuild-id: {i * 2654435761 % 2**32:08x}\n"
    return head + "\n".join(f"{i:03d} step {k} took {k * 37 % 1009} ms" for k in range(30_000))


@case('47 re.Match keeps the text it matched in')
class _:
    def bad():
        builds, size = {}, 0
        for i in range(80):
            text = read_log(i)
            size += len(text)
            builds[f"worker-{i}"] = BUILD.search(text)
        return builds, size

    def good():
        builds, size = {}, 0
        for i in range(80):
            text = read_log(i)
            size += len(text)
            builds[f"worker-{i}"] = BUILD.search(text)["id"]
        return builds, size


if __name__ == "__main__":
    kept = run()
