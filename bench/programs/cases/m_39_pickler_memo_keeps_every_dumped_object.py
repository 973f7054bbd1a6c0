import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('39 Pickler memo keeps every dumped object')
class _:
    def bad():
        import pickle
        p=pickle.Pickler(open(os.devnull,'wb'),protocol=5)
        for i in range(1000): p.dump({'id':i,'body':bytearray(b'x')*100_000})
        return p
    def good():
        import pickle
        p=pickle.Pickler(open(os.devnull,'wb'),protocol=5)
        for i in range(1000): p.dump({'id':i,'body':bytearray(b'x')*100_000}); p.clear_memo()
        return p


if __name__ == "__main__":
    kept = run()
