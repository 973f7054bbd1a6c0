import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('11 warning registry grows with each text')
class _:
    def bad():
        import warnings
        warnings.simplefilter('default'); warnings.showwarning=lambda *a,**k: None; n=0
        for i in range(300_000):
            warnings.warn(f'row {i}: value {i*.5} is out of range'); n+=1
        return n
    def good():
        import warnings
        warnings.simplefilter('default'); warnings.showwarning=lambda *a,**k: None; n=0
        for i in range(300_000):
            warnings.warn('some rows have a value out of range'); n+=1
        return n


if __name__ == "__main__":
    kept = run()
