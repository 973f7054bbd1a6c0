import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('11 warning text with data')
class _:
    def setup():
        import warnings, logging
        logging.captureWarnings(True); logging.getLogger('py.warnings').addHandler(logging.NullHandler()); logging.getLogger('py.warnings').propagate=False
        warnings.simplefilter('default')
    def bad():
        import warnings
        def clip(i,value):
            if value>100:
                warnings.warn(f'sensor reading {i} was {value:.3f}, clipped to 100',RuntimeWarning)
                return 100.0
            return value
        print('sum',round(sum(clip(i,90+i%1000/7) for i in range(190_000)),3))
    def good():
        import warnings
        def clip(i,value):
            if value>100:
                warnings.warn('sensor readings above 100 are clipped',RuntimeWarning)
                return 100.0
            return value
        print('sum',round(sum(clip(i,90+i%1000/7) for i in range(190_000)),3))


if __name__ == "__main__":
    kept = run()
