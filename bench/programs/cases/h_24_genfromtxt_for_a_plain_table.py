import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('24 genfromtxt for a plain table')
class _:
    def setup():
        import io
        import numpy as np
        def build(path):
            with open(path,'w') as f:
                for i in range(60_000):
                    f.write(','.join(f'{i*0.5+k:.3f}' for k in range(10))+'\n')
        fixture('table60.csv',build)
        np.genfromtxt(io.StringIO('1,2\n3,4\n'),delimiter=',')
        np.loadtxt(io.StringIO('1,2\n3,4\n'),delimiter=',')
    def bad():
        import numpy as np
        def load(path):
            return np.genfromtxt(path,delimiter=',')
        table=load(os.path.join(D,'table60.csv'))
        print('shape',table.shape,'mean',round(float(table.mean()),3))
        return table
    def good():
        import numpy as np
        def load(path):
            return np.loadtxt(path,delimiter=',')
        table=load(os.path.join(D,'table60.csv'))
        print('shape',table.shape,'mean',round(float(table.mean()),3))
        return table


if __name__ == "__main__":
    kept = run()
