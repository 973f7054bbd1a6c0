import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build(path):
    import numpy as np
    r = np.random.default_rng(5)
    with open(path, 'w') as f:
        f.write('day,region,amount,' + ','.join(f'x{k}' for k in range(15)) + ',comment\n')
        for i in range(150_000):
            f.write(f'{i % 365},{i % 16},{i % 977 / 4},' + ','.join(map(str, r.integers(0, 9999, 15))) + f',order {i} was sent to dock {i % 31}\n')


@case('58b every column read for the sake of three')
class _:
    def setup():
        import pandas
        fixture('d5_orders.csv', build)
    def bad():
        import pandas as pd
        orders = pd.read_csv(D + '/d5_orders.csv', dtype={'day': 'int16', 'region': 'int8', 'amount': 'float32'})
        return orders, orders.groupby('region').amount.sum()
    def good():
        import pandas as pd
        orders = pd.read_csv(D + '/d5_orders.csv', usecols=['day', 'region', 'amount'], dtype={'day': 'int16', 'region': 'int8', 'amount': 'float32'})
        return orders, orders.groupby('region').amount.sum()


if __name__ == "__main__":
    kept = run()
