import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('13 whole file read for a checksum')
class _:
    def setup():
        import hashlib
        def build(path):
            with open(path,'wb') as f:
                for i in range(64):
                    f.write(bytes([i])*1_000_000)
        fixture('backup64.bin',build)
    def bad():
        import hashlib
        def checksum(path):
            with open(path,'rb') as f:
                return hashlib.sha256(f.read()).hexdigest()
        print('sha256',checksum(os.path.join(D,'backup64.bin')))
    def good():
        import hashlib
        def checksum(path):
            with open(path,'rb') as f:
                return hashlib.file_digest(f,'sha256').hexdigest()
        print('sha256',checksum(os.path.join(D,'backup64.bin')))


if __name__ == "__main__":
    kept = run()
