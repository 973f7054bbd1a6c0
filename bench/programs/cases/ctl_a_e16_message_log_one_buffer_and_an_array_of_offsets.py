import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e16 message log: one buffer and an array of offsets')
class _:
    def setup():
        if not os.path.exists(D+'/e_msgs.bin'):
            import random, struct
            r=random.Random(17)
            with open(D+'/e_msgs.bin','wb') as f:
                for i in range(18_000):
                    b=r.randbytes(r.randrange(800,3000)); f.write(struct.pack('<IQ',len(b),i*1_000_003)+b)
    def good():
        import struct, zlib, random
        from array import array
        size=os.path.getsize(D+'/e_msgs.bin'); buf=bytearray(size); off=[]; head=struct.Struct('<IQ')
        with open(D+'/e_msgs.bin','rb') as f: assert f.readinto(buf)==size
        view=memoryview(buf).toreadonly(); p=0
        while p<size: off.append(p); p+=head.size+head.unpack_from(view,p)[0]
        off=array('I',off)
        def message(i):
            n,stamp=head.unpack_from(view,off[i]); return stamp,view[off[i]+head.size:off[i]+head.size+n]
        r=random.Random(18); crc=0
        for k in range(100_000): stamp,m=message(r.randrange(len(off))); crc=zlib.crc32(m,crc)^(stamp&255)
        return view,off,crc


if __name__ == "__main__":
    kept = run()
