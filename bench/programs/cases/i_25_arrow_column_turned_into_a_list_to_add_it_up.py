import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('25 arrow column turned into a list to add it up')
class _:
    def setup():
        import numpy, pyarrow as pa, pyarrow.compute as pc
        t=pa.table({'a':[1.0,2.0]}); pc.sum(t['a']); t['a'].to_pylist()
    def payments():
        import numpy as np
        import pyarrow as pa
        k=np.arange(1_200_000)
        return pa.table({'amount':k%1009*0.5,'fee':k%17*0.25})
    def bad():
        def turnover(table):
            amounts=table['amount'].to_pylist()
            return sum(amounts)
        print('turnover',turnover(CASES['25 arrow column turned into a list to add it up'].payments()))
    def good():
        import pyarrow.compute as pc
        def turnover(table):
            return pc.sum(table['amount']).as_py()
        print('turnover',turnover(CASES['25 arrow column turned into a list to add it up'].payments()))


if __name__ == "__main__":
    kept = run()
