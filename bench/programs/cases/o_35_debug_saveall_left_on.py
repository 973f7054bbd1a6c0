import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('35 DEBUG_SAVEALL left on')
class _:
    def run():
        class Node: pass
        for i in range(300):
            a=Node(); b=Node(); a.child=b; b.parent=a; a.buf=bytearray(b'x')*300_000
            if i%10==0: gc.collect()
    def bad():
        gc.set_debug(gc.DEBUG_SAVEALL)
        CASES['35 DEBUG_SAVEALL left on'].run()
    def good(): CASES['35 DEBUG_SAVEALL left on'].run()


if __name__ == "__main__":
    kept = run()
