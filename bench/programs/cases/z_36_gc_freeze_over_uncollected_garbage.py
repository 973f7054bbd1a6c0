import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('36 gc.freeze over uncollected garbage')
class _:
    def bad():
        class Stage:
            def __init__(s): s.text=bytearray(b'x')*500_000; s.me=s
        gc.disable()
        n=0
        for i in range(200): n+=len(Stage().text)
        gc.freeze()
        gc.enable()
        return n
    def good():
        class Stage:
            def __init__(s): s.text=bytearray(b'x')*500_000; s.me=s
        gc.disable()
        n=0
        for i in range(200): n+=len(Stage().text)
        gc.collect()
        gc.freeze()
        gc.enable()
        return n


if __name__ == "__main__":
    kept = run()
