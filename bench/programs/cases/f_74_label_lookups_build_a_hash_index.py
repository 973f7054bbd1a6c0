import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('74 label lookups build a hash index')
class _:
    def setup():
        import pandas as pd, numpy
        s=pd.Series([1.,2.],index=[5,3]); s.loc[3]; s[s.index.isin([3])].sum()
    def load(n):
        import pandas as pd, numpy as np
        ids=np.arange(n)*7919%n
        return pd.Series(ids*.5,index=ids)
    def bad():
        prices=CASES['74 label lookups build a hash index'].load(4_300_000)
        basket=[3,70_001,900_000,1_499_999]
        print('basket',float(sum(prices.loc[k] for k in basket)))
        return prices
    def good():
        prices=CASES['74 label lookups build a hash index'].load(4_300_000)
        basket=[3,70_001,900_000,1_499_999]
        print('basket',float(prices[prices.index.isin(basket)].sum()))
        return prices


if __name__ == "__main__":
    kept = run()
