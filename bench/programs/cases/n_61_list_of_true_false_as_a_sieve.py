import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('61 list of True/False as a sieve')
class _:
    def bad():
        n=10_000_000
        flags=[True]*n
        flags[0]=flags[1]=False
        for i in range(2,3163):
            if flags[i]:
                for m in range(i*i,n,i): flags[m]=False
        return flags
    def good():
        n=10_000_000
        flags=bytearray(b'\1')*n
        flags[0]=flags[1]=0
        for i in range(2,3163):
            if flags[i]:
                for m in range(i*i,n,i): flags[m]=0
        return flags


if __name__ == "__main__":
    kept = run()
