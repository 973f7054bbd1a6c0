import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('44 filtered category keeps all categories')
class _:
    def setup(): import pandas, numpy, pyarrow
    def load(b):
        import pandas as pd, numpy as np
        n=100_000; cats=pd.Index([f'batch-{b}-customer-number-{i:020d}-{i*i:020d}' for i in range(n)],dtype=object)
        return pd.DataFrame({'who':pd.Categorical.from_codes(np.arange(n,dtype='int32'),cats),'n':np.arange(n)})
    def bad():
        keep=[]
        for b in range(12):
            df=CASES['44 filtered category keeps all categories'].load(b)
            keep.append(df[df.n<10])
        return keep
    def good():
        keep=[]
        for b in range(12):
            df=CASES['44 filtered category keeps all categories'].load(b)
            top=df[df.n<10]; keep.append(top.assign(who=top.who.cat.remove_unused_categories()))
        return keep


if __name__ == "__main__":
    kept = run()
