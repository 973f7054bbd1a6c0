import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('43 pandas head keeps the whole frame')
class _:
    def setup(): import pandas
    def bad():
        import pandas as pd, numpy as np
        samples=[]
        for i in range(60):
            df=pd.DataFrame(np.ones((50_000,5)),columns=list('abcde')); samples.append(df.iloc[:20])
        return samples
    def good():
        import pandas as pd, numpy as np
        samples=[]
        for i in range(60):
            df=pd.DataFrame(np.ones((50_000,5)),columns=list('abcde')); samples.append(df.iloc[:20].copy())
        return samples


if __name__ == "__main__":
    kept = run()
