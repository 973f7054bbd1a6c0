import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e21 session store looked up by key to the end')
class _:
    def good():
        import random, struct
        r=random.Random(24); n=85_000; head=struct.Struct('<dII')
        store={r.randbytes(16):head.pack(i*1.5,i,0)+r.randbytes(260) for i in range(n)}
        keys=random.Random(24); seen=0
        for rounds in range(2):
            keys.seed(24)
            for i in range(n):
                k=keys.randbytes(16); s=store[k]; t,user,hits=head.unpack_from(s); store[k]=head.pack(t+60,user,hits+1)+s[head.size:]; keys.randbytes(260); seen+=hits
        idle=sum(1 for s in store.values() if head.unpack_from(s)[0]<1e4); assert seen==n
        return store,seen,idle


if __name__ == "__main__":
    kept = run()
