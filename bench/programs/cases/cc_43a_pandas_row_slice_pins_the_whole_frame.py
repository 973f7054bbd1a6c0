import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('43a pandas row slice pins the whole frame')
class _:
    def setup(): import pandas, numpy
    def bad():
        import pandas as pd, numpy as np
        latest={}
        for day in range(40):
            df=pd.DataFrame(np.ones((50_000,8)),columns=list('abcdefgh'))
            latest[day]=df.iloc[-5:]
        return latest
    def good():
        import pandas as pd, numpy as np
        latest={}
        for day in range(40):
            df=pd.DataFrame(np.ones((50_000,8)),columns=list('abcdefgh'))
            latest[day]=df.iloc[-5:].copy()
        return latest


if __name__ == "__main__":
    kept = run()
