import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E42 packets as views of one capture')
class _:
    def good():
        import random, struct, zlib
        def capture():
            r=random.Random(42); out=bytearray(36_000_000); at=0
            while at+70_000<len(out):
                n=r.randrange(20_000,65_000); struct.pack_into('<IHH',out,at,n,r.randrange(40),r.randrange(9)); out[at+8:at+8+n]=r.randbytes(n); at+=8+n
            del out[at:]; return out
        class Capture:
            def __init__(s,raw):
                s.raw=raw; s.packets=[]; v=memoryview(raw).toreadonly(); at=0
                while at<len(raw):
                    n,flow,kind=struct.unpack_from('<IHH',raw,at); s.packets.append((flow,kind,v[at+8:at+8+n])); at+=8+n
            def flow(s,k): return [p for f,_,p in s.packets if f==k]
        cap=Capture(capture()); crc={}
        for k in range(40):
            c=0
            for p in cap.flow(k): c=zlib.crc32(p,c)
            crc[k]=c
        return cap,crc,zlib.crc32(cap.raw)


if __name__ == "__main__":
    kept = run()
