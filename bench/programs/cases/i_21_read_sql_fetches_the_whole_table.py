import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('21 read_sql fetches the whole table')
class _:
    def setup():
        import sqlite3
        import pandas as pd
        def build(path):
            db=sqlite3.connect(path)
            db.execute('create table sale(id integer primary key, customer integer, amount real, note text)')
            db.executemany('insert into sale values(?,?,?,?)',((i,i%211,i%401*0.5,f'note {i}') for i in range(160_000)))
            db.commit()
            db.close()
        path=fixture('sale160.db',build)
        db=sqlite3.connect(path)
        for part in pd.read_sql('select * from sale where id<50',db,chunksize=20):
            part.groupby('customer')['amount'].sum()
        pd.read_sql('select * from sale where id<50',db)
        db.close()
    def bad():
        import contextlib
        import sqlite3
        import pandas as pd
        def totals(path):
            with contextlib.closing(sqlite3.connect(path)) as db:
                sales=pd.read_sql('select customer, amount, note from sale',db)
            sales=sales[sales['note']!='note 7']
            return sales.groupby('customer')['amount'].sum()
        t=totals(os.path.join(D,'sale160.db'))
        print('customers',len(t),'sum',float(t.sum()))
    def good():
        import contextlib
        import sqlite3
        import pandas as pd
        def totals(path):
            total=pd.Series(dtype=float)
            with contextlib.closing(sqlite3.connect(path)) as db:
                for sales in pd.read_sql('select customer, amount, note from sale',db,chunksize=5_000):
                    sales=sales[sales['note']!='note 7']
                    total=total.add(sales.groupby('customer')['amount'].sum(),fill_value=0)
            return total
        t=totals(os.path.join(D,'sale160.db'))
        print('customers',len(t),'sum',float(t.sum()))


if __name__ == "__main__":
    kept = run()
