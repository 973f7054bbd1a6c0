import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('58c dt.date makes a column of objects')
class _:
    def setup(): import pandas
    def bad():
        import pandas as pd, numpy as np
        df=pd.DataFrame({'ts':np.datetime64('2020-01-01','s')+np.arange(2_000_000)*60})
        df['day']=df['ts'].dt.date
        return df
    def good():
        import pandas as pd, numpy as np
        df=pd.DataFrame({'ts':np.datetime64('2020-01-01','s')+np.arange(2_000_000)*60})
        df['day']=df['ts'].dt.normalize()
        return df


if __name__ == "__main__":
    kept = run()
