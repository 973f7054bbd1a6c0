import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('20 sparse events resampled to every second')
class _:
    def setup():
        import pandas as pd
        s=pd.Series([1.0,2.0],index=pd.to_datetime([0,10**10]))
        s.resample('1s').sum(); s.groupby(s.index.floor('1s')).sum()
    def events():
        import numpy as np
        import pandas as pd
        k=np.arange(4_500,dtype=np.int64)
        at=pd.Timestamp('2026-01-01')+pd.to_timedelta(k*411_700+k%7*250,unit='ms')
        return pd.Series((k%13).astype(float)+1,index=at)
    def bad():
        def per_second(events):
            sums=events.resample('1s').sum()
            return sums[sums>0]
        sums=per_second(CASES['20 sparse events resampled to every second'].events())
        print('seconds',len(sums),'sum',float(sums.sum()),'max',float(sums.max()))
    def good():
        def per_second(events):
            sums=events.groupby(events.index.floor('1s')).sum()
            return sums[sums>0]
        sums=per_second(CASES['20 sparse events resampled to every second'].events())
        print('seconds',len(sums),'sum',float(sums.sum()),'max',float(sums.max()))


if __name__ == "__main__":
    kept = run()
