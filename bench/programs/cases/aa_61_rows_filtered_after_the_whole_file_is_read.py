import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('61 rows filtered after the whole file is read')
class _:
    def setup():
        import pandas as pd, numpy as np, pyarrow.parquet
        if not os.path.exists(D+'/days.parquet'):
            n=3_000_000; r=np.random.default_rng(0)
            pd.DataFrame({'day':np.arange(n)//100_000,'a':r.random(n),'b':r.random(n)}).to_parquet(D+'/days.parquet',row_group_size=100_000)
    def bad():
        import pandas as pd
        df=pd.read_parquet(D+'/days.parquet',use_threads=False)
        df=df[df['day']==17]
        return float(df['a'].sum())
    def good():
        import pandas as pd
        df=pd.read_parquet(D+'/days.parquet',use_threads=False,filters=[('day','==',17)])
        return float(df['a'].sum())


if __name__ == "__main__":
    kept = run()
