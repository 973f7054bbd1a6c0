import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('53 data frame for each customer')
class _:
    def setup(): import pandas
    def bad():
        import pandas as pd, numpy as np
        n=100_000; r=np.random.default_rng(0)
        orders=pd.DataFrame({'customer':r.integers(0,20_000,n),'day':r.integers(0,365,n),'amount':r.random(n)})
        by_customer={k:g for k,g in orders.groupby('customer')}
        return by_customer, sum(g['amount'].to_numpy().max() for g in by_customer.values())
    def good():
        import pandas as pd, numpy as np
        n=100_000; r=np.random.default_rng(0)
        orders=pd.DataFrame({'customer':r.integers(0,20_000,n),'day':r.integers(0,365,n),'amount':r.random(n)})
        orders=orders.sort_values('customer',ignore_index=True)
        ids,start=np.unique(orders['customer'].to_numpy(),return_index=True)
        return orders,ids,start, np.maximum.reduceat(orders['amount'].to_numpy(),start).sum()


if __name__ == "__main__":
    kept = run()
