import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('14 indicator columns as int64')
class _:
    def setup():
        import numpy as np, pandas as pd
        d=pd.DataFrame(index=range(3))
        for kind in (int,'uint8'):
            d['a']=(pd.Series([1,2,3],dtype='int8')//2==1).astype(kind)
            d.sum().tolist()
    def bad():
        import numpy as np
        import pandas as pd
        def indicators(hours):
            flags=pd.DataFrame(index=hours.index)
            for part in range(8):
                flags[f'part{part}']=(hours//3==part).astype(int)
            return flags
        hours=pd.Series(np.tile(np.arange(24,dtype='int8'),35_000))
        flags=indicators(hours)
        print('sums',flags.sum().tolist())
        return flags
    def good():
        import numpy as np
        import pandas as pd
        def indicators(hours):
            flags=pd.DataFrame(index=hours.index)
            for part in range(8):
                flags[f'part{part}']=(hours//3==part).astype('uint8')
            return flags
        hours=pd.Series(np.tile(np.arange(24,dtype='int8'),35_000))
        flags=indicators(hours)
        print('sums',flags.sum().tolist())
        return flags


if __name__ == "__main__":
    kept = run()
