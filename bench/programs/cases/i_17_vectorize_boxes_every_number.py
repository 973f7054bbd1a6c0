import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('17 vectorize boxes every number')
class _:
    def setup():
        import numpy as np
        np.vectorize(lambda x: x+1.0,otypes=[float])(np.arange(3.0))
        np.where(np.arange(3.0)>1,1.0,2.0)
    def bad():
        import numpy as np
        def tariff(kwh):
            if kwh<=2:
                return kwh*0.25
            if kwh<=10:
                return 0.5+(kwh-2)*0.5
            return 4.5+(kwh-10)
        def bill(usage):
            return np.vectorize(tariff,otypes=[float])(usage)
        usage=np.arange(700_000)%4096/128
        print('total',float(bill(usage).sum()))
    def good():
        import numpy as np
        def tariff(kwh):
            cost=np.minimum(kwh,2)*0.25
            cost+=np.clip(kwh-2,0,8)*0.5
            cost+=np.maximum(kwh-10,0)
            return cost
        def bill(usage):
            return tariff(usage)
        usage=np.arange(700_000)%4096/128
        print('total',float(bill(usage).sum()))


if __name__ == "__main__":
    kept = run()
