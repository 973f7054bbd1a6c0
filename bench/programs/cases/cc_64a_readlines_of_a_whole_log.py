import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('64a readlines of a whole log')
class _:
    def setup():
        if not os.path.exists(D+'/log_d3.txt'):
            with open(D+'/log_d3.txt','w') as f: f.writelines(f'2024-01-01 12:00:00 {"ERROR" if i%50==0 else "INFO"} request {i} served\n' for i in range(800_000))
    def bad():
        n=0
        with open(D+'/log_d3.txt') as f:
            for line in f.readlines():
                if ' ERROR ' in line: n+=1
        return n
    def good():
        n=0
        with open(D+'/log_d3.txt') as f:
            for line in f:
                if ' ERROR ' in line: n+=1
        return n


if __name__ == "__main__":
    kept = run()
