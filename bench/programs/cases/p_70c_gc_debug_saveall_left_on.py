import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('70c gc.DEBUG_SAVEALL left on')
class _:
    def run(flags):
        gc.set_debug(flags)
        class Node: pass
        for i in range(300):
            a=Node(); b=Node(); a.peer=b; b.peer=a
            a.buf=bytearray(b'x')*300_000
            if i%20==19: gc.collect()
        a=b=None; gc.collect()
    def bad(): CASES['70c gc.DEBUG_SAVEALL left on'].run(gc.DEBUG_SAVEALL)
    def good(): CASES['70c gc.DEBUG_SAVEALL left on'].run(0)


if __name__ == "__main__":
    kept = run()
