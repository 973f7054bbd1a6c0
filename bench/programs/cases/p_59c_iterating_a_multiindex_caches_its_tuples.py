import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('59c iterating a MultiIndex caches its tuples')
class _:
    def setup(): import pandas
    def frame():
        import pandas as pd, numpy as np
        i=pd.MultiIndex.from_arrays([np.arange(600_000)//400+1000,np.arange(600_000)%400+1000],names=['store','day'])
        return pd.DataFrame({'sales':np.ones(600_000)},index=i)
    def bad():
        df=CASES['59c iterating a MultiIndex caches its tuples'].frame()
        late=sum(1 for store,day in df.index if day>1300)
        return df,late
    def good():
        df=CASES['59c iterating a MultiIndex caches its tuples'].frame()
        late=int((df.index.get_level_values('day')>1300).sum())
        return df,late


if __name__ == "__main__":
    kept = run()
