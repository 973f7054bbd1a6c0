import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('72 every stage keeps its name')
class _:
    def setup(): import numpy
    def load():
        import numpy as np
        return np.full(5_000_000,3.0)
    def bad():
        import numpy as np
        raw=CASES['72 every stage keeps its name'].load()
        scaled=raw*2.0
        shifted=scaled+1.0
        logged=np.log(shifted)
        return logged.sum()
    def good():
        import numpy as np
        data=CASES['72 every stage keeps its name'].load()
        data*=2.0
        data+=1.0
        np.log(data,out=data)
        return data.sum()


if __name__ == "__main__":
    kept = run()
