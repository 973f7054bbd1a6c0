import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('03 sys.last_traceback keeps the failed cell')
class _:
    def run(good):
        import code
        class Shell(code.InteractiveInterpreter):
            def write(s,text): pass
        def summarise(path):
            rows=bytearray(b'x')*100_000_000
            return rows.index(path)
        sh=Shell({'summarise':summarise})
        sh.runsource("summarise(b'missing')")
        if good: sys.last_type=sys.last_value=sys.last_traceback=None
        return sh
    def bad(): return CASES['03 sys.last_traceback keeps the failed cell'].run(False)
    def good(): return CASES['03 sys.last_traceback keeps the failed cell'].run(True)


if __name__ == "__main__":
    kept = run()
