import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('58b read_csv without usecols')
class _:
    def setup():
        import pandas
        if not os.path.exists(D+'/wide_d3.csv'):
            with open(D+'/wide_d3.csv','w') as f:
                f.write(','.join(f'c{k}' for k in range(16))+'\n'); f.writelines(','.join(['%d.5'%(i%9)]*16)+'\n' for i in range(600_000))
    def bad():
        import pandas as pd
        df=pd.read_csv(D+'/wide_d3.csv')
        return df[['c0','c1']].mean()
    def good():
        import pandas as pd
        df=pd.read_csv(D+'/wide_d3.csv',usecols=['c0','c1'])
        return df.mean()


if __name__ == "__main__":
    kept = run()
