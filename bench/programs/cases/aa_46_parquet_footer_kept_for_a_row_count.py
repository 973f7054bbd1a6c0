import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('46 parquet footer kept for a row count')
class _:
    def setup():
        import pyarrow as pa, pyarrow.parquet as pq
        if not os.path.exists(D+'/wide.parquet'):
            t=pa.table({f'sensor_{j:04d}':pa.array([float(j+i) for i in range(20)]) for j in range(500)})
            pq.write_table(t,D+'/wide.parquet',row_group_size=2)
    def bad():
        import pyarrow.parquet as pq
        parts={}
        for i in range(30): parts[f'part-{i}']=pq.ParquetFile(D+'/wide.parquet').metadata
        return parts, sum(m.num_rows for m in parts.values())
    def good():
        import pyarrow.parquet as pq
        parts={}
        for i in range(30): parts[f'part-{i}']=pq.ParquetFile(D+'/wide.parquet').metadata.num_rows
        return parts, sum(parts.values())


if __name__ == "__main__":
    kept = run()
