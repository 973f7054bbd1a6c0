import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('36b frame kept in its own local')
class _:
    def bad():
        import inspect
        def step(i):
            frame=inspect.currentframe()
            data=bytearray(b'x')*1_000_000
            return f'{frame.f_code.co_name}:{frame.f_lineno}',len(data)
        return [step(i) for i in range(120)]
    def good():
        import inspect
        def step(i):
            frame=inspect.currentframe()
            try:
                data=bytearray(b'x')*1_000_000
                return f'{frame.f_code.co_name}:{frame.f_lineno}',len(data)
            finally: del frame
        return [step(i) for i in range(120)]


if __name__ == "__main__":
    kept = run()
