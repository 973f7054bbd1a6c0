import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build(path):
    with open(path, 'w') as f:
        f.write('user,page,ms,agent\n')
        for i in range(700_000):
            f.write(f'{i * 7919 % 5000},/p/{i * 31 % 65_537},{i % 1500},browser/{i % 190}\n')


@case('74 read_csv of everything for one aggregate')
class _:
    def setup():
        import pandas
        fixture('d5_views.csv', build)
    def bad():
        import pandas as pd
        views = pd.read_csv(D + '/d5_views.csv')
        return views.groupby('agent').ms.sum()
    def good():
        import pandas as pd
        total = None
        for part in pd.read_csv(D + '/d5_views.csv', usecols=['agent', 'ms'], chunksize=20_000):
            s = part.groupby('agent').ms.sum()
            total = s if total is None else total.add(s, fill_value=0)
        return total.astype('int64')


if __name__ == "__main__":
    kept = run()
