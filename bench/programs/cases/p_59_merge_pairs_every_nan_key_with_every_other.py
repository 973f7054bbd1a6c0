import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('59 merge pairs every NaN key with every other')
class _:
    def setup(): import pandas
    def tables():
        import pandas as pd, numpy as np
        k=np.arange(20_000.); k[::10]=np.nan
        return pd.DataFrame({'email_id':k,'visit':1}),pd.DataFrame({'email_id':k,'order':2})
    def bad():
        visits,orders=CASES['59 merge pairs every NaN key with every other'].tables()
        return visits.merge(orders,on='email_id')
    def good():
        visits,orders=CASES['59 merge pairs every NaN key with every other'].tables()
        return visits.dropna(subset='email_id').merge(orders.dropna(subset='email_id'),on='email_id')


if __name__ == "__main__":
    kept = run()
