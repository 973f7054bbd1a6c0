import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('66 fixed width string array, one long string')
class _:
    def setup(): import numpy
    def words():
        return [f'tag{i}' for i in range(20_000)]+['x'*1500]
    def bad():
        import numpy as np
        return np.array(CASES['66 fixed width string array, one long string'].words())
    def good():
        import numpy as np
        return np.array(CASES['66 fixed width string array, one long string'].words(),dtype=np.dtypes.StringDType())


if __name__ == "__main__":
    kept = run()
