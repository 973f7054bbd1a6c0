import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def prose(r,n): return r.randbytes(n).translate(LETTERS).decode()


@case('e11 unique order numbers stay strings (no category)')
class _:
    def setup():
        import pandas as pd, numpy as np, pyarrow.feather, pyarrow.compute, random
        if not os.path.exists(D+'/e_orders.feather'):
            r=np.random.default_rng(12); q=random.Random(12); n=450_000
            pd.DataFrame({'order':[f'ORDER-{i:08d}-{prose(q,8)}' for i in range(n)],'mail':[f'{prose(q,12)}.{i}@example.org' for i in range(n)],'cents':r.integers(100,10**8,n,dtype=np.int32)}).to_feather(D+'/e_orders.feather',compression='uncompressed')
        d=pd.DataFrame({'x':['a','b'],'n':[1,2]}); d.loc[d['x'].isin(['a']),['x','n']]; d['x'].str.startswith('a').sum(); d['x'].min()
    def good():
        import pandas as pd
        df=pd.read_feather(D+'/e_orders.feather'); ask=df['order'].iloc[::5000].tolist()
        got=df.loc[df['order'].isin(ask),['order','mail','cents']]; ends=int(df['mail'].str.startswith('ab').sum())
        total=int(df['cents'].sum()); first=df['order'].min()
        return df,got,ends,total,first


if __name__ == "__main__":
    kept = run()
