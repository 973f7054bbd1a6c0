import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('10 named signal for each user')
class _:
    def setup(): import blinker
    def bad():
        import blinker
        n=0
        for i in range(120_000):
            changed=blinker.signal(f'user-{i}-changed')
            n+=len(changed.send('web',fields=('name',)))
        return n
    def good():
        import blinker
        n=0; changed=blinker.signal('user-changed')
        for i in range(120_000):
            n+=len(changed.send('web',user=i,fields=('name',)))
        return n


if __name__ == "__main__":
    kept = run()
