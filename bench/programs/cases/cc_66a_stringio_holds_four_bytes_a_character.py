import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('66a StringIO holds four bytes a character')
class _:
    def bad():
        import io
        out=io.StringIO()
        for i in range(300_000): out.write(f'{i:09d},frankfurt,active,premium-customer\n')
        out.seek(0); out.readline(); return out
    def good():
        import io
        out=io.TextIOWrapper(io.BytesIO(),encoding='utf-8')
        for i in range(300_000): out.write(f'{i:09d},frankfurt,active,premium-customer\n')
        out.seek(0); out.readline(); return out


if __name__ == "__main__":
    kept = run()
