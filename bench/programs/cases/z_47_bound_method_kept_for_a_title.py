import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('47 bound method kept for a title')
class _:
    def bad():
        class Report:
            def __init__(s,i): s.name=f'report {i}'; s.pages=bytearray(b'x')*500_000
            def title(s): return s.name.upper()
        menu=[]
        for i in range(200):
            r=Report(i)
            menu.append(r.title)
        return menu,max(t() for t in menu)
    def good():
        class Report:
            def __init__(s,i): s.name=f'report {i}'; s.pages=bytearray(b'x')*500_000
            def title(s): return s.name.upper()
        menu=[]
        for i in range(200):
            r=Report(i)
            menu.append(r.title())
        return menu,max(menu)


if __name__ == "__main__":
    kept = run()
