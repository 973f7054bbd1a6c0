import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('75 every parquet column is read')
class _:
    def setup():
        import pyarrow, pyarrow.parquet as pq, pyarrow.compute, numpy as np
        def build(path):
            r=np.random.default_rng(0); pq.write_table(pyarrow.table({f'f{k:02d}':r.random(250_000) for k in range(24)}),path,compression='none',use_dictionary=False)
        fixture('tiny.parquet',lambda path: pq.write_table(pyarrow.table({'a':[1.,2.]}),path))
        pyarrow.compute.sum(pq.read_table(os.path.join(D,'tiny.parquet'))['a'])
        fixture('wide24.parquet',build)
    def bad():
        import pyarrow.parquet as pq, pyarrow.compute as pc
        table=pq.read_table(os.path.join(D,'wide24.parquet'))
        print('sum',round(pc.sum(table['f03']).as_py(),6))
    def good():
        import pyarrow.parquet as pq, pyarrow.compute as pc
        table=pq.read_table(os.path.join(D,'wide24.parquet'),columns=['f03'])
        print('sum',round(pc.sum(table['f03']).as_py(),6))


if __name__ == "__main__":
    kept = run()
