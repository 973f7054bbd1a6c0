import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('25 apply returns a Series per row')
class _:
    def setup():
        import pandas as pd, numpy
        d=pd.DataFrame({'w':[1.,2.],'h':[2.,3.]})
        d.apply(lambda r: pd.Series({'a':r.w}),axis=1)
        pd.DataFrame({'a':d.w*d.h})
    def rects():
        import numpy as np
        import pandas as pd
        n=9_000
        return pd.DataFrame({'w':np.arange(n)*0.5,'h':np.arange(n)%100+1.0})
    def bad():
        import pandas as pd
        def measure(row):
            return pd.Series({'area':row['w']*row['h'],'edge':2*(row['w']+row['h'])})
        rects=CASES['25 apply returns a Series per row'].rects()
        sizes=rects.apply(measure,axis=1)
        print('area',float(sizes['area'].sum()),'edge',float(sizes['edge'].sum()))
    def good():
        import pandas as pd
        rects=CASES['25 apply returns a Series per row'].rects()
        sizes=pd.DataFrame({'area':rects['w']*rects['h'],'edge':2*(rects['w']+rects['h'])})
        print('area',float(sizes['area'].sum()),'edge',float(sizes['edge'].sum()))


if __name__ == "__main__":
    kept = run()
