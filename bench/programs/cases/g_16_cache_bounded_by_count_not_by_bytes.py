import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('16 cache bounded by count not by bytes')
class _:
    def bad():
        import functools
        @functools.lru_cache(maxsize=1024)
        def render(report):
            line=f'report {report} '
            return line*(160_000//len(line))
        def serve(requests):
            return sum(len(render(report)) for report in requests)
        requests=[0 if i%4==0 else i for i in range(560)]
        print('sent',serve(requests))
        return render
    def good():
        import functools
        @functools.lru_cache(maxsize=8)
        def render(report):
            line=f'report {report} '
            return line*(160_000//len(line))
        def serve(requests):
            return sum(len(render(report)) for report in requests)
        requests=[0 if i%4==0 else i for i in range(560)]
        print('sent',serve(requests))
        return render


if __name__ == "__main__":
    kept = run()
