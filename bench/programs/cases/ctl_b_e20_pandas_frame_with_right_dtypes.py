import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E20 pandas frame with right dtypes')
class _:
    def setup(): import pandas, numpy
    def good():
        import pandas as pd, numpy as np
        r=np.random.default_rng(20); n=1_000_000
        city=[f'city-{i:03d}' for i in range(120)]; kind=['card','cash','voucher','transfer']
        df=pd.DataFrame({'at':pd.Series(r.integers(1_600_000_000,1_700_000_000,n).view('datetime64[s]')),
            'store':r.integers(0,30_000,n,dtype=np.int16),'cents':r.integers(50,90_000_000,n,dtype=np.int32),
            'qty':r.integers(1,120,n,dtype=np.int8),
            'city':pd.Categorical.from_codes(r.integers(0,120,n,dtype=np.int8),city),
            'kind':pd.Categorical.from_codes(r.integers(0,4,n,dtype=np.int8),kind),
            'ean':r.integers(10**12,10**13,n)},copy=False)
        by_city=df.groupby('city',observed=True)['cents'].mean()
        by_kind=df.groupby(['kind','city'],observed=True)['qty'].mean()
        top=df.groupby('store')['cents'].max().nlargest(20)
        month=df['at'].dt.month.value_counts().sort_index(); eans=int((df['ean']%97).sum())
        late=df.loc[df['at']>'2023-10-01',['ean','store','cents']].nlargest(50,'cents')
        return df,by_city,by_kind,top,month,eans,late


if __name__ == "__main__":
    kept = run()
