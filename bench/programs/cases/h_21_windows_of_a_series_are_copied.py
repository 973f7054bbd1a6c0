import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('21 windows of a series are copied')
class _:
    def setup():
        import numpy as np
        np.lib.stride_tricks.sliding_window_view(np.arange(9.0),3).mean(axis=1)
    def bad():
        import numpy as np
        class WindowDataset:
            def __init__(self,series,width):
                self.x=np.array([series[i:i+width] for i in range(len(series)-width)])
                self.y=series[width:]
            def batches(self,size):
                for start in range(0,len(self.y),size):
                    yield self.x[start:start+size],self.y[start:start+size]
        series=np.sin(np.arange(36_000)/24.0)
        data=WindowDataset(series,168)
        for epoch in range(8):
            error=sum(float(np.abs(x.mean(axis=1)-y).sum()) for x,y in data.batches(256))
        print('naive error',round(error/len(data.y),6))
        return data
    def good():
        import numpy as np
        class WindowDataset:
            def __init__(self,series,width):
                self.x=np.lib.stride_tricks.sliding_window_view(series[:-1],width)
                self.y=series[width:]
            def batches(self,size):
                for start in range(0,len(self.y),size):
                    yield self.x[start:start+size],self.y[start:start+size]
        series=np.sin(np.arange(36_000)/24.0)
        data=WindowDataset(series,168)
        for epoch in range(8):
            error=sum(float(np.abs(x.mean(axis=1)-y).sum()) for x,y in data.batches(256))
        print('naive error',round(error/len(data.y),6))
        return data


if __name__ == "__main__":
    kept = run()
