import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('58 join multiplies the rows')
class _:
    def setup(): import pandas, numpy
    def frames():
        import pandas as pd, numpy as np
        orders=pd.DataFrame({'order':np.arange(60_000),'customer':np.arange(60_000)%2000,'total':np.arange(60_000)*.5})
        addresses=pd.DataFrame({'customer':np.repeat(np.arange(2000),20),'since':np.tile(np.arange(20),2000),'zone':np.arange(40_000)%97})
        return orders,addresses
    def bad():
        orders,addresses=CASES['58 join multiplies the rows'].frames()
        joined=orders.merge(addresses,on='customer')
        current=joined.sort_values('since').drop_duplicates('order',keep='last')
        print('zones',int(current.zone.sum()),len(current))
    def good():
        orders,addresses=CASES['58 join multiplies the rows'].frames()
        latest=addresses.sort_values('since').drop_duplicates('customer',keep='last')
        current=orders.merge(latest,on='customer',validate='m:1')
        print('zones',int(current.zone.sum()),len(current))


if __name__ == "__main__":
    kept = run()
