import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('28 patch start without stop')
class _:
    def setup(): import unittest.mock
    def bad():
        from unittest import mock
        class Api: rows=b''
        n=0
        for i in range(200):
            p=mock.patch.object(Api,'rows',bytearray(b'x')*500_000); p.start()
            n+=len(Api.rows)
        return n
    def good():
        from unittest import mock
        class Api: rows=b''
        n=0
        for i in range(200):
            p=mock.patch.object(Api,'rows',bytearray(b'x')*500_000); p.start()
            try: n+=len(Api.rows)
            finally: p.stop()
        return n


if __name__ == "__main__":
    kept = run()
