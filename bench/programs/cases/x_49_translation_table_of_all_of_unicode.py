import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('49 translation table of all of Unicode')
class _:
    def setup(): import unicodedata
    def bad():
        import unicodedata
        table={i:' ' for i in range(sys.maxunicode+1) if unicodedata.category(chr(i))[0] not in 'LN'}
        return table,[f'Zürich, {i} – «Limmat»'.translate(table) for i in range(1_000)]
    def good():
        import unicodedata
        class Table(dict):
            def __missing__(s,i): s[i]=i if unicodedata.category(chr(i))[0] in 'LN' else ' '; return s[i]
        table=Table()
        return table,[f'Zürich, {i} – «Limmat»'.translate(table) for i in range(1_000)]


if __name__ == "__main__":
    kept = run()
