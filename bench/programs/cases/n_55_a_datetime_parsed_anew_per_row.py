import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('55 a datetime parsed anew per row')
class _:
    def days():
        for i in range(1_200_000): yield f'2023-{i%12+1:02d}-{i%28+1:02d}'
    def bad():
        from datetime import datetime
        return [datetime.fromisoformat(d) for d in CASES['55 a datetime parsed anew per row'].days()]
    def good():
        import functools
        from datetime import datetime
        day=functools.lru_cache(maxsize=1000)(datetime.fromisoformat)
        return [day(d) for d in CASES['55 a datetime parsed anew per row'].days()]


if __name__ == "__main__":
    kept = run()
