import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('34 table keyed by thread id')
class _:
    def bad():
        import threading
        scratch={}
        def work():
            buf=scratch.setdefault(threading.get_native_id(),bytearray(b'x')*400_000); buf[0]=1
        for i in range(250): t=threading.Thread(target=work); t.start(); t.join()
        return scratch
    def good():
        import threading
        scratch=threading.local()
        def work():
            buf=scratch.__dict__.setdefault('buf',bytearray(b'x')*400_000); buf[0]=1
        for i in range(250): t=threading.Thread(target=work); t.start(); t.join()
        return scratch


if __name__ == "__main__":
    kept = run()
