import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('44 arrow slice keeps the table')
class _:
    def setup():
        import pyarrow as pa, pyarrow.compute, numpy
        pa.table({'a':numpy.arange(4.),'b':numpy.arange(4.)}).take(pa.array([1,2]))
    def bad():
        import pyarrow as pa, numpy as np
        def load(day):
            v=np.arange(200_000,dtype='f8')+day
            return pa.table({'t':v,'price':v*2})
        previews=[]
        for day in range(30):
            previews.append(load(day).slice(0,10))
        print('preview rows',sum(p.num_rows for p in previews))
        return previews
    def good():
        import pyarrow as pa, numpy as np
        def load(day):
            v=np.arange(200_000,dtype='f8')+day
            return pa.table({'t':v,'price':v*2})
        previews=[]
        for day in range(30):
            previews.append(load(day).take(pa.array(range(10))))
        print('preview rows',sum(p.num_rows for p in previews))
        return previews


if __name__ == "__main__":
    kept = run()
