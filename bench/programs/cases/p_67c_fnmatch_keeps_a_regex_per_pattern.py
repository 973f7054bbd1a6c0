import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('67c fnmatch keeps a regex per pattern')
class _:
    def setup(): import fnmatch
    def bad():
        import fnmatch
        n=0
        for i in range(32_000):
            if fnmatch.fnmatchcase(f'/srv/shares/projects/customer-{i:05d}/incoming/notes/day-2024-01-31.csv',f'/srv/shares/projects/customer-{i:05d}/incoming/*/[a-z]*-????-??-??.[ct]sv'): n+=1
        return n
    def good():
        import fnmatch, re
        n=0
        for i in range(32_000):
            if re.match(fnmatch.translate(f'/srv/shares/projects/customer-{i:05d}/incoming/*/[a-z]*-????-??-??.[ct]sv'),f'/srv/shares/projects/customer-{i:05d}/incoming/notes/day-2024-01-31.csv'): n+=1
        return n


if __name__ == "__main__":
    kept = run()
