import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('72 concat of frames whose indexes differ')
class _:
    def setup(): import pandas, numpy
    def run(good):
        import pandas as pd, numpy as np
        days=pd.Series(np.arange(1_000_000.),name='v'); cols=[]
        for k in range(10):
            part=days[k::10].rename(f'v{k}')
            cols.append(part.reset_index(drop=True) if good else part)
        return pd.concat(cols,axis=1)
    def bad(): return CASES['72 concat of frames whose indexes differ'].run(False)
    def good(): return CASES['72 concat of frames whose indexes differ'].run(True)


if __name__ == "__main__":
    kept = run()
