import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E05 sqlalchemy statement cache fills, then is stable')
class _:
    def setup(): import sqlalchemy
    def good():
        import sqlalchemy as sa
        from sqlalchemy.pool import StaticPool
        eng=sa.create_engine('sqlite://',poolclass=StaticPool,query_cache_size=500)
        md=sa.MetaData(); cols=[f'm{i}' for i in range(16)]
        t=sa.Table('reading',md,sa.Column('id',sa.Integer,primary_key=True),*[sa.Column(c,sa.Float) for c in cols])
        md.create_all(eng)
        with eng.begin() as cx:
            for lo in range(0,80_000,2000):
                cx.execute(t.insert(),[{'id':i,**{c:i*1.37+j for j,c in enumerate(cols)}} for i in range(lo,lo+2000)])
        total=0
        with eng.connect() as cx:
            for rnd in range(8):
                for a in cols:
                    for b in cols:
                        q=sa.select(t.c[a],t.c[b]).where(t.c.id.in_([rnd,rnd+7]),t.c[a]<=t.c[b]+99)
                        total+=len(cx.execute(q).all())
            total+=cx.execute(sa.select(sa.func.sum(sum(t.c[c] for c in cols)))).scalar()
        return eng,t,total


if __name__ == "__main__":
    kept = run()
