import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


STATES = 'charging', 'idle', 'driving', 'maintenance', 'offline'


def build(path):
    import random
    r = random.Random(58)
    with open(path, 'w') as f:
        f.write('vehicle,soc,temp,state\n')
        for _ in range(3_000_000):
            f.write(f'{int(r.random() * 3000)},{int(r.random() * 101)},{r.random() * 60 - 20:.1f},{STATES[int(r.random() * 5)]}\n')


@case('58 read_csv with int64, float64 and strings by default')
class _:
    def setup():
        _.path = fixture('ii_fleet.csv', build)
        import pandas, pyarrow
    def bad():
        import pandas as pd
        df = pd.read_csv(_.path)
        return df, df.groupby('vehicle')['soc'].mean()
    def good():
        import pandas as pd
        df = pd.read_csv(_.path, dtype={'vehicle': 'int16', 'soc': 'int8', 'temp': 'float32', 'state': 'category'})
        return df, df.groupby('vehicle')['soc'].mean()


if __name__ == "__main__":
    kept = run()
