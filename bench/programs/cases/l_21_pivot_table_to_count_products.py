import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build_purchases(path):
    import numpy as np
    import pandas as pd
    rng = np.random.default_rng(21)
    n = 150_000
    pd.DataFrame({
        'customer': rng.integers(0, 4000, n),
        'product': rng.integers(0, 1500, n),
        'quantity': rng.integers(1, 20, n),
    }).to_parquet(path)


@case('21 pivot table to count products')
class _:
    def setup():
        import pandas, pyarrow.parquet
        fixture('l_purchases.parquet', build_purchases)

    def bad():
        import pandas as pd

        def product_range(purchases):
            table = purchases.pivot_table(
                index='customer', columns='product', values='quantity', aggfunc='sum', fill_value=0)
            return (table > 0).sum(axis=1)

        purchases = pd.read_parquet(os.path.join(D, 'l_purchases.parquet'))
        products = product_range(purchases)
        print(len(products), 'customers, most products', int(products.max()), 'mean', round(float(products.mean()), 3))
        return products

    def good():
        import pandas as pd

        def product_range(purchases):
            return purchases.groupby('customer')['product'].nunique()

        purchases = pd.read_parquet(os.path.join(D, 'l_purchases.parquet'))
        products = product_range(purchases)
        print(len(products), 'customers, most products', int(products.max()), 'mean', round(float(products.mean()), 3))
        return products


if __name__ == "__main__":
    kept = run()
