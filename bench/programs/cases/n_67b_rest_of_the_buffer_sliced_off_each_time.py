import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('67b rest of the buffer sliced off each time')
class _:
    def recv(): return (b'\x00\x10\x00\x00'+b'p'*1_048_576)*60
    def bad():
        import zlib
        buf=CASES['67b rest of the buffer sliced off each time'].recv(); sums=[]
        while buf:
            n=int.from_bytes(buf[:4],'big')
            sums.append(zlib.crc32(buf[4:4+n]))
            buf=buf[4+n:]
        return sums
    def good():
        import zlib
        buf=memoryview(CASES['67b rest of the buffer sliced off each time'].recv()); sums=[]
        while buf:
            n=int.from_bytes(buf[:4],'big')
            sums.append(zlib.crc32(buf[4:4+n]))
            buf=buf[4+n:]
        return sums


if __name__ == "__main__":
    kept = run()
