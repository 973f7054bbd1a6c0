import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('29 index values make a tuple per row')
class _:
    def setup():
        import pandas as pd
        index=pd.MultiIndex.from_product([[1,2],[3,4]],names=['store','day'])
        index.values
        (index.get_level_values('day')>=3).sum()
    def sales():
        import numpy as np
        import pandas as pd
        index=pd.MultiIndex.from_product([np.arange(1000,1900),np.arange(500,865)],names=['store','day'])
        return pd.DataFrame({'amount':np.arange(len(index))%1000*0.5},index=index)
    def bad():
        sales=CASES['29 index values make a tuple per row'].sales()
        def last_weeks(frame,day):
            keep=[key[1]>=day for key in frame.index.values]
            return frame['amount'][keep].sum()
        print('total',float(last_weeks(sales,837)))
        return sales
    def good():
        sales=CASES['29 index values make a tuple per row'].sales()
        def last_weeks(frame,day):
            keep=frame.index.get_level_values('day')>=day
            return frame['amount'][keep].sum()
        print('total',float(last_weeks(sales,837)))
        return sales


if __name__ == "__main__":
    kept = run()
