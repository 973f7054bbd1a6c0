import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('51b vars() materialises every __dict__')
class _:
    def run(good):
        class Job:
            def __init__(s,i): s.id=i; s.state='new'; s.owner=None
        jobs=[Job(i) for i in range(600_000)]
        n=0
        for j in jobs:
            if good: n+=sum(v is None for v in (j.id,j.state,j.owner))
            else: n+=sum(v is None for v in vars(j).values())
        return jobs,n
    def bad(): return CASES['51b vars() materialises every __dict__'].run(False)
    def good(): return CASES['51b vars() materialises every __dict__'].run(True)


if __name__ == "__main__":
    kept = run()
