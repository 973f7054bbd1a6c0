import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('21 sys.modules entry for each plugin run')
class _:
    src='table=bytearray(b"x")*300_000\ndef run(): return len(table)\n'
    def bad():
        import types
        n=0
        for i in range(300):
            m=types.ModuleType(f'job_{i}'); sys.modules[m.__name__]=m
            exec(CASES['21 sys.modules entry for each plugin run'].src,vars(m)); n+=m.run()
        return n
    def good():
        import types
        n=0
        for i in range(300):
            m=types.ModuleType(f'job_{i}'); sys.modules[m.__name__]=m
            try: exec(CASES['21 sys.modules entry for each plugin run'].src,vars(m)); n+=m.run()
            finally: del sys.modules[m.__name__]; vars(m).clear()
        return n


if __name__ == "__main__":
    kept = run()
