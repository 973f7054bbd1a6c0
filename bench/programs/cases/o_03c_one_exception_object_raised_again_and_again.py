import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('03c one exception object raised again and again')
class _:
    closed=ConnectionError('closed')
    def bad():
        closed=CASES['03c one exception object raised again and again'].closed
        def send(i):
            frame=bytearray(b'x')*500_000
            raise closed
        n=0
        for i in range(300):
            try: send(i)
            except ConnectionError: n+=1
        return n
    def good():
        def send(i):
            frame=bytearray(b'x')*500_000
            raise ConnectionError('closed')
        n=0
        for i in range(300):
            try: send(i)
            except ConnectionError: n+=1
        return n


if __name__ == "__main__":
    kept = run()
