import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def capture():
    """A packet capture as it comes from the socket: 400 reads of 256 KB."""
    for i in range(400):
        head = i.to_bytes(4, 'big') + os.urandom(28)
        yield head + os.urandom(1024) * 255


class Index:
    def __init__(self, own):
        self.own, self.heads, self.bytes_seen = own, {}, 0

    def feed(self, chunk):
        view = memoryview(chunk)
        self.bytes_seen += len(view)
        key = int.from_bytes(view[:4], 'big')
        if self.own:
            self.heads[key] = bytes(view[4:32])
        else:
            self.heads[key] = view[4:32]


@case('44 memoryview slices keep every receive buffer')
class _:
    def bad():
        index = Index(own=False)
        for chunk in capture(): index.feed(chunk)
        return index
    def good():
        index = Index(own=True)
        for chunk in capture(): index.feed(chunk)
        return index


if __name__ == "__main__":
    kept = run()
