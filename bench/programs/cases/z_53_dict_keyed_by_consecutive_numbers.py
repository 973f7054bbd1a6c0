import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('53 dict keyed by consecutive numbers')
class _:
    def bad():
        degree={}
        for node in range(1_000_000): degree[node]=node%7
        return degree
    def good():
        from array import array
        degree=array('i',[0])*1_000_000
        for node in range(1_000_000): degree[node]=node%7
        return degree


if __name__ == "__main__":
    kept = run()
