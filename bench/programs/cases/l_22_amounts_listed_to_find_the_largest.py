import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build_payments(path):
    import numpy as np
    import pandas as pd
    rng = np.random.default_rng(22)
    n = 2_000_000
    pd.DataFrame({'customer': rng.integers(0, 30_000, n).astype('int32'),
                  'amount': rng.integers(100, 90_000, n) / 100}).to_parquet(path)


@case('22 amounts listed to find the largest')
class _:
    def setup():
        import pandas, pyarrow.parquet
        fixture('l_payments.parquet', build_payments)

    def bad():
        import pandas as pd

        def summary(payments):
            amounts = payments.groupby('customer')['amount'].agg(list)
            return pd.DataFrame({'largest': amounts.map(max), 'payments': amounts.map(len)})

        payments = pd.read_parquet(os.path.join(D, 'l_payments.parquet'))
        customers = summary(payments)
        print(len(customers), 'customers', round(customers['largest'].sum(), 2), int(customers['payments'].max()))
        return customers

    def good():
        import pandas as pd

        def summary(payments):
            return payments.groupby('customer')['amount'].agg(largest='max', payments='size')

        payments = pd.read_parquet(os.path.join(D, 'l_payments.parquet'))
        customers = summary(payments)
        print(len(customers), 'customers', round(customers['largest'].sum(), 2), int(customers['payments'].max()))
        return customers


if __name__ == "__main__":
    kept = run()
