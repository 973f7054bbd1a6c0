import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('18 one column keeps the block of its frame')
class _:
    def setup():
        import numpy as np
        import pandas as pd
        CASES['18 one column keeps the block of its frame'].read_day(0)['load'].mean()
    def read_day(day):
        import numpy as np
        import pandas as pd
        names=[f'channel{k:02d}' for k in range(23)]+['load']
        values=np.arange(12_000*24,dtype='float64').reshape(12_000,24)%1000+day
        return pd.DataFrame(values,columns=names)
    def bad():
        read_day=CASES['18 one column keeps the block of its frame'].read_day
        class LoadHistory:
            def __init__(self):
                self.days={}
            def add(self,day):
                frame=read_day(day)
                self.days[day]=frame['load']
            def mean(self):
                return sum(load.mean() for load in self.days.values())/len(self.days)
        history=LoadHistory()
        for day in range(24):
            history.add(day)
        print('mean',round(history.mean(),6))
        return history
    def good():
        read_day=CASES['18 one column keeps the block of its frame'].read_day
        class LoadHistory:
            def __init__(self):
                self.days={}
            def add(self,day):
                frame=read_day(day)
                self.days[day]=frame['load'].copy()
            def mean(self):
                return sum(load.mean() for load in self.days.values())/len(self.days)
        history=LoadHistory()
        for day in range(24):
            history.add(day)
        print('mean',round(history.mean(),6))
        return history


if __name__ == "__main__":
    kept = run()
