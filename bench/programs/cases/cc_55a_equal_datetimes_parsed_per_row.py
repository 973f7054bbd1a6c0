import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('55a equal datetimes parsed per row')
class _:
    def bad():
        from datetime import datetime
        days=[f'2024-{1+k//28%12:02d}-{1+k%28:02d}T00:00:00' for k in range(336)]
        return [datetime.fromisoformat(days[i%336]) for i in range(1_000_000)]
    def good():
        from datetime import datetime
        import functools
        days=[f'2024-{1+k//28%12:02d}-{1+k%28:02d}T00:00:00' for k in range(336)]
        parse=functools.lru_cache(maxsize=1024)(datetime.fromisoformat)
        return [parse(days[i%336]) for i in range(1_000_000)]


if __name__ == "__main__":
    kept = run()
