import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('40 Counter keeps keys that fell to zero')
class _:
    def bad():
        from collections import Counter
        running=Counter()
        for i in range(500_000):
            k=f'request-{i}'
            running[k]+=1
            running[k]-=1
        return running
    def good():
        from collections import Counter
        running=Counter()
        for i in range(500_000):
            k=f'request-{i}'
            running[k]+=1
            running[k]-=1
            if not running[k]: del running[k]
        return running


if __name__ == "__main__":
    kept = run()
