import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('44 first rows of a frame keep the frame')
class _:
    def setup(): import pandas, numpy
    def bad():
        import pandas as pd, numpy as np
        return [pd.DataFrame(np.ones((20_000,5)),columns=list('abcde')).iloc[:3] for i in range(120)]
    def good():
        import pandas as pd, numpy as np
        return [pd.DataFrame(np.ones((20_000,5)),columns=list('abcde')).iloc[:3].copy() for i in range(120)]


if __name__ == "__main__":
    kept = run()
