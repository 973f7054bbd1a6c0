import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('61 arrow table and its frame side by side')
class _:
    def setup():
        import pyarrow as pa, pyarrow.feather, numpy as np, pandas
        if not os.path.exists(D+'/y_meter.arrow'):
            pa.feather.write_feather(pa.table({f'm{j}':np.full(2_000_000,j+.5) for j in range(6)}),D+'/y_meter.arrow',compression='uncompressed',chunksize=2_000_000)
    def bad():
        import pyarrow.feather as pf
        table=pf.read_table(D+'/y_meter.arrow',memory_map=False)
        df=table.to_pandas()
        return df.sum().sum(),df
    def good():
        import pyarrow.feather as pf
        table=pf.read_table(D+'/y_meter.arrow',memory_map=False)
        df=table.to_pandas(split_blocks=True,self_destruct=True); del table
        return df.sum().sum(),df


if __name__ == "__main__":
    kept = run()
