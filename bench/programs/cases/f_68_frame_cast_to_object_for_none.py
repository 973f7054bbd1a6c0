import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('68 frame cast to object for None')
class _:
    def setup(): import pandas, numpy, sqlite3
    def frame():
        import pandas as pd, numpy as np
        v=np.arange(400_000)*.25
        df=pd.DataFrame({'a':v,'b':v*2,'c':v*3}); df.loc[::50,'b']=np.nan
        return df
    def bad():
        import sqlite3
        df=CASES['68 frame cast to object for None'].frame()
        db=sqlite3.connect(os.path.join(D,'rows-bad.db')); db.execute('pragma journal_mode=off'); db.execute('drop table if exists t'); db.execute('create table t(a,b,c)')
        rows=df.astype(object).where(df.notna(),None)
        db.executemany('insert into t values(?,?,?)',rows.itertuples(index=False,name=None))
        db.commit()
        print('nulls',db.execute('select count(*) from t where b is null').fetchone()[0]); db.close()
    def good():
        import sqlite3
        df=CASES['68 frame cast to object for None'].frame()
        db=sqlite3.connect(os.path.join(D,'rows-good.db')); db.execute('pragma journal_mode=off'); db.execute('drop table if exists t'); db.execute('create table t(a,b,c)')
        for at in range(0,len(df),5000):
            part=df.iloc[at:at+5000]
            db.executemany('insert into t values(?,?,?)',part.astype(object).where(part.notna(),None).itertuples(index=False,name=None))
        db.commit()
        print('nulls',db.execute('select count(*) from t where b is null').fetchone()[0]); db.close()


if __name__ == "__main__":
    kept = run()
