import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('47a re.Match keeps the subject text')
class _:
    def bad():
        import re
        found=[]
        for i in range(150):
            text=f'request id={i} body='+'x'*700_000
            found.append(re.search(r'id=(\d+)',text))
        return found
    def good():
        import re
        found=[]
        for i in range(150):
            text=f'request id={i} body='+'x'*700_000
            found.append(re.search(r'id=(\d+)',text).group(1))
        return found


if __name__ == "__main__":
    kept = run()
