import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('21 overload registry keeps each plugin')
class _:
    SRC='''from typing import overload
TABLE=bytearray(b'x')*500_000
@overload
def get(k: int) -> int: ...
@overload
def get(k: str) -> str: ...
def get(k): return TABLE[0]
'''
    def run(good):
        import typing
        src=CASES['21 overload registry keeps each plugin'].SRC
        for i in range(200):
            ns={'__name__':f'plugin_{i}'}; exec(src,ns); ns['get'](0)
            if good: typing.clear_overloads()
            if i%20==19: del ns; gc.collect()
    def bad(): CASES['21 overload registry keeps each plugin'].run(False)
    def good(): CASES['21 overload registry keeps each plugin'].run(True)


if __name__ == "__main__":
    kept = run()
