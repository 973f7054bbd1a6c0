import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('58 int64 answers of a survey')
class _:
    def setup():
        import pandas, numpy as np
        if not os.path.exists(D+'/survey-p.csv'):
            r=np.random.default_rng(0).integers(0,6,(400_000,30))
            with open(D+'/survey-p.csv','w') as f:
                f.write(','.join(f'q{j}' for j in range(30))+'\n'); f.writelines(','.join(map(str,x))+'\n' for x in r)
    def bad():
        import pandas as pd
        return pd.read_csv(D+'/survey-p.csv')
    def good():
        import pandas as pd
        return pd.read_csv(D+'/survey-p.csv',dtype='int8')


if __name__ == "__main__":
    kept = run()
