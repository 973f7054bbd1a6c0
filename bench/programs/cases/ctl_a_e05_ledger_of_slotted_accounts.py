import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e05 ledger of slotted accounts')
class _:
    def good():
        import dataclasses, random
        @dataclasses.dataclass(slots=True)
        class Account:
            number: str
            owner: str
            cents: int
            version: int=0
        rnd=random.Random(5); n=170_000
        ledger={}
        for i in range(n):
            a=Account(f'DE{i*7919%10**9:010d}',f'holder {i:06d} of branch',rnd.randrange(10**6,10**9)); ledger[a.number]=a
        total=sum(a.cents for a in ledger.values())
        for k in range(400_000):
            src=ledger[f'DE{rnd.randrange(n)*7919%10**9:010d}']; dst=ledger[f'DE{rnd.randrange(n)*7919%10**9:010d}']
            m=min(src.cents,rnd.randrange(1,5000)); src.cents-=m; dst.cents+=m; src.version+=1
        assert sum(a.cents for a in ledger.values())==total
        owners=sum(len(a.owner) for a in ledger.values())
        return ledger,owners


if __name__ == "__main__":
    kept = run()
