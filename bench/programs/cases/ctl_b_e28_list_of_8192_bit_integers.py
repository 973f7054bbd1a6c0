import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E28 list of 8192-bit integers')
class _:
    def good():
        import random, math
        r=random.Random(28); small=[p for p in range(3,2000) if all(p%q for q in range(2,int(p**.5)+1))]
        prim=math.prod(small)
        moduli=[r.getrandbits(8192)|1<<8191|1 for _ in range(24_000)]
        weak=[i for i,n in enumerate(moduli) if math.gcd(n,prim)==1]
        prod=[math.prod(moduli[i:i+8]) for i in range(0,400,8)]
        shared=sum(math.gcd(a,b)>1 for a,b in zip(prod,prod[1:])); del prod
        sig=sum(pow(i+2,17,moduli[i]).bit_count() for i in weak[:3000])
        order=moduli.index(max(moduli))
        return moduli,weak,shared,sig,order


if __name__ == "__main__":
    kept = run()
