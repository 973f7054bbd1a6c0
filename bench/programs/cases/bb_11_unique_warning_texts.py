import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('11 unique warning texts')
class _:
    def setup(): import warnings
    def bad():
        import warnings
        warnings.simplefilter('default'); seen=[0]
        def show(*a,**k): seen[0]+=1
        warnings.showwarning=show
        for i in range(150_000): warnings.warn(f'row {i}: value {i*.5} is out of range, clipped',RuntimeWarning)
        return seen
    def good():
        import warnings
        warnings.simplefilter('default'); seen=[0]; rows=0
        def show(*a,**k): seen[0]+=1
        warnings.showwarning=show
        for i in range(150_000): rows+=1; warnings.warn('value is out of range, clipped',RuntimeWarning)
        return seen,rows


if __name__ == "__main__":
    kept = run()
