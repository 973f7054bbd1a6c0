import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('47 match object keeps the whole text')
class _:
    def bad():
        import re
        found=[]
        for i in range(200): found.append(re.search(r'id=(\d+)','x'*500_000+f' id={i}'))
        return found
    def good():
        import re
        found=[]
        for i in range(200): found.append(re.search(r'id=(\d+)','x'*500_000+f' id={i}').group(1))
        return found


if __name__ == "__main__":
    kept = run()
