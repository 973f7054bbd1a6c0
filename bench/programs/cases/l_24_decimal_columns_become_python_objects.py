import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build_invoices(path):
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq
    from decimal import Decimal
    cents = np.random.default_rng(24).integers(100, 9_000_000, (2, 450_000))
    money = [pa.array([Decimal(value).scaleb(-2) for value in row.tolist()], pa.decimal128(14, 2)) for row in cents]
    pq.write_table(pa.table({'net': money[0], 'gross': money[1]}), path)


@case('24 decimal columns become python objects')
class _:
    def setup():
        import pandas, pyarrow.parquet
        fixture('l_invoices.parquet', build_invoices)

    def bad():
        import pyarrow.parquet as pq

        def load_invoices(path):
            return pq.read_table(path).to_pandas()

        invoices = load_invoices(os.path.join(D, 'l_invoices.parquet'))
        print(len(invoices), 'invoices, net', invoices['net'].sum(), 'gross', invoices['gross'].sum())
        return invoices

    def good():
        import pandas as pd
        import pyarrow.parquet as pq

        def load_invoices(path):
            return pq.read_table(path).to_pandas(types_mapper=pd.ArrowDtype)

        invoices = load_invoices(os.path.join(D, 'l_invoices.parquet'))
        print(len(invoices), 'invoices, net', invoices['net'].sum(), 'gross', invoices['gross'].sum())
        return invoices


if __name__ == "__main__":
    kept = run()
