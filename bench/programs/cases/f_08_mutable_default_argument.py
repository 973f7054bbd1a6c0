import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('08 mutable default argument')
class _:
    def bad():
        def normalise(record,dropped=[]):
            for key in [k for k in record if k.startswith('_')]:
                dropped.append(record.pop(key))
            return record
        n=0
        for i in range(400):
            n+=len(normalise({'id':i,'name':f'row {i}','_raw':bytearray(b'r')*150_000}))
        print('fields',n)
        return normalise
    def good():
        def normalise(record,dropped=None):
            for key in [k for k in record if k.startswith('_')]:
                value=record.pop(key)
                if dropped is not None: dropped.append(value)
            return record
        n=0
        for i in range(400):
            n+=len(normalise({'id':i,'name':f'row {i}','_raw':bytearray(b'r')*150_000}))
        print('fields',n)
        return normalise


if __name__ == "__main__":
    kept = run()
