import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build(path):
    import random
    r = random.Random(74)
    with open(path, 'w') as f:
        f.write('shop,cents,qty,ref,comment\n')
        for i in range(900_000):
            f.write(f'{int(r.random() * 200)},{int(r.random() * 99999)},{int(r.random() * 9)},R{i:08d},{r.getrandbits(160):x}\n')


@case('74 whole CSV read for one sum per group')
class _:
    def setup():
        _.path = fixture('ii_receipts.csv', build)
        import pandas, pyarrow
    def bad():
        import pandas as pd
        df = pd.read_csv(_.path)
        return df.groupby('shop')['cents'].sum()
    def good():
        import pandas as pd
        total = pd.Series(dtype='int64')
        for part in pd.read_csv(_.path, usecols=['shop', 'cents'], chunksize=50_000):
            total = total.add(part.groupby('shop')['cents'].sum(), fill_value=0)
        return total.astype('int64')


if __name__ == "__main__":
    kept = run()
