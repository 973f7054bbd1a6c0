import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('55 Numeric column read as Decimal')
class _:
    def setup():
        import sqlalchemy as sa, warnings
        warnings.simplefilter('ignore')
        if not os.path.exists(D+'/probe-p.db'):
            with sa.create_engine(f'sqlite:///{D}/probe-p.db').begin() as c:
                c.execute(sa.text('create table probe (value real)'))
                c.execute(sa.text('insert into probe values (:v)'),[{'v':i*.37} for i in range(600_000)])
    def bad():
        import sqlalchemy as sa
        t=sa.table('probe',sa.column('value',sa.Numeric(12,4)))
        with sa.create_engine(f'sqlite:///{D}/probe-p.db').connect() as c:
            return list(c.execute(sa.select(t.c.value)).yield_per(1000).scalars())
    def good():
        import sqlalchemy as sa
        from array import array
        t=sa.table('probe',sa.column('value',sa.Float))
        with sa.create_engine(f'sqlite:///{D}/probe-p.db').connect() as c:
            return array('d',c.execute(sa.select(t.c.value)).yield_per(1000).scalars())


if __name__ == "__main__":
    kept = run()
