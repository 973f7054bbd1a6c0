import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('44b pyarrow slice keeps the table')
class _:
    def setup(): import pandas, pyarrow.compute, numpy
    def bad():
        import pyarrow as pa, numpy as np
        return [pa.table({'a':np.arange(100_000)+i}).slice(0,5) for i in range(120)]
    def good():
        import pyarrow as pa, numpy as np
        return [pa.table({'a':np.arange(100_000)+i}).take(pa.array(range(5))) for i in range(120)]


if __name__ == "__main__":
    kept = run()
