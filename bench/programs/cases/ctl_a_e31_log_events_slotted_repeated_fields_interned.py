import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def prose(r,n): return r.randbytes(n).translate(LETTERS).decode()


@case('e31 log events, slotted, repeated fields interned')
class _:
    def setup():
        if not os.path.exists(D+'/e_log.txt'):
            import random
            r=random.Random(34)
            with open(D+'/e_log.txt','w') as f:
                for i in range(100_000): f.write(f"{1.7e9+i*.37:.2f} service-{r.randrange(12)} {r.choice(['INFO','WARN','ERROR'])} {r.choice([200,304,404,500])} {prose(r,r.randrange(120,220))}\n")
    def good():
        import dataclasses, http, collections
        @dataclasses.dataclass(slots=True)
        class Event:
            at: float
            service: str
            level: str
            status: http.HTTPStatus
            message: str
        def parse(line):
            at,service,level,status,message=line.rstrip().split(' ',4)
            return Event(float(at),sys.intern(service),sys.intern(level),http.HTTPStatus(int(status)),message)
        with open(D+'/e_log.txt') as f: events=[parse(l) for l in f]
        per=collections.Counter((e.service,e.level) for e in events); bad=[e for e in events if e.status>=500 and e.message.startswith('a')]
        gap=max(b.at-a.at for a,b in zip(bad,bad[1:])); hot=sum('tea ' in e.message for e in events)
        return events,per,gap,hot


if __name__ == "__main__":
    kept = run()
