import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('E09 pandas string key with all values distinct')
class _:
    def setup(): import pandas, numpy, pyarrow as pa, pyarrow.compute; pyarrow.compute.sum(pa.array([1,2]))   # loads arrow's kernels
    def good():
        import pandas as pd, numpy as np, pyarrow as pa
        r=np.random.default_rng(9); n=600_000; step=20_000
        def order_ids():
            for lo in range(0,n,step): yield pa.array([f'{k:019d}-{lo+i:07d}' for i,k in enumerate(r.integers(0,2**63,step))],pa.large_string())
        orders=pd.DataFrame({'order_id':pd.Series(pa.chunked_array(order_ids()),dtype='str'),
                             'customer':r.integers(0,1_500_000_000,n,dtype=np.int32),
                             'cents':r.integers(100,2_000_000_000,n,dtype=np.int32)},copy=False)
        def lookup(oid): return orders.loc[orders['order_id']==oid,'cents']
        found=[int(lookup(orders['order_id'].iloc[i]).iloc[0]) for i in range(0,n,7919)]
        ends=int(orders['order_id'].str.endswith('77').sum()); top=orders.nlargest(20,'cents')
        return orders,found,ends,top,int(orders['customer'].max())


if __name__ == "__main__":
    kept = run()
