import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('55 frame turned into records to write it')
class _:
    def setup(): import pandas
    def bad():
        import pandas as pd, numpy as np
        n=200_000
        df=pd.DataFrame({'id':np.arange(n),'lat':np.linspace(0,90,n),'lon':np.linspace(0,180,n),'count':np.arange(n)*7})
        with open(os.devnull,'w') as f:
            for row in df.to_dict('records'): f.write(json.dumps(row)+'\n')
        return df
    def good():
        import pandas as pd, numpy as np
        n=200_000
        df=pd.DataFrame({'id':np.arange(n),'lat':np.linspace(0,90,n),'lon':np.linspace(0,180,n),'count':np.arange(n)*7})
        with open(os.devnull,'w') as f:
            for row in df.itertuples(index=False): f.write(json.dumps(row._asdict())+'\n')
        return df


if __name__ == "__main__":
    kept = run()
