import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


import os.path
import pathlib


def listing(path):
    """The files of a music library, a line each."""
    import random
    r = random.Random(235)
    with open(path, 'w') as f:
        for number in range(150_000):
            f.write(f'/srv/media/{number // 9000}/album {number // 12:06d}/'
                    f'{number % 12:02d} take {r.randrange(10**7):07d}.flac\n')


def names():
    with open(os.path.join(D, 'jj_listing.txt')) as f:
        for line in f:
            yield line.rstrip('\n')


class Scan:
    """Every file that was seen; names that come twice are candidates."""

    def __init__(self):
        self.files = set()
        self.doubles = 0
        self.kinds = {}


@case('68 a Path object for every file')
class _:
    def setup(): fixture('jj_listing.txt', listing)
    def bad():
        scan = Scan()
        for name in names():
            file = pathlib.Path(name)
            scan.doubles += file in scan.files
            scan.kinds[file.suffix] = scan.kinds.get(file.suffix, 0) + 1
            scan.files.add(file)
        return scan
    def good():
        scan = Scan()
        for name in names():
            suffix = os.path.splitext(name)[1]
            scan.doubles += name in scan.files
            scan.kinds[suffix] = scan.kinds.get(suffix, 0) + 1
            scan.files.add(name)
        return scan


if __name__ == "__main__":
    kept = run()
