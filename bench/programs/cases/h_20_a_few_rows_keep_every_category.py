import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('20 a few rows keep every category')
class _:
    def setup():
        import numpy as np
        import pandas as pd
        log=CASES['20 a few rows keep every category'].read_log(0)
        log.nlargest(5,'seconds')['user'].cat.remove_unused_categories()
    def read_log(day):
        import numpy as np
        import pandas as pd
        n=30_000
        users=pd.Categorical.from_codes(np.arange(n,dtype='int32'),[f'user-{day:02d}-{i:07d}@example.com' for i in range(n)])
        return pd.DataFrame({'user':users,'seconds':np.arange(n)*7919%n/10})
    def bad():
        read_log=CASES['20 a few rows keep every category'].read_log
        def slowest(day):
            log=read_log(day)
            return log.nlargest(5,'seconds')
        report=[slowest(day) for day in range(14)]
        print('rows',sum(len(top) for top in report),'worst',report[0]['user'].iloc[0])
        return report
    def good():
        read_log=CASES['20 a few rows keep every category'].read_log
        def slowest(day):
            log=read_log(day)
            top=log.nlargest(5,'seconds')
            top['user']=top['user'].cat.remove_unused_categories()
            return top
        report=[slowest(day) for day in range(14)]
        print('rows',sum(len(top) for top in report),'worst',report[0]['user'].iloc[0])
        return report


if __name__ == "__main__":
    kept = run()
