import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build_shard(seed):
    def build(path):
        import numpy as np
        with open(path, 'wb') as out:
            np.save(out, np.random.default_rng(seed).random((60_000, 120), dtype=np.float64))
    return build


@case('13 last shard lives while the next is read')
class _:
    def setup():
        import numpy
        for number in range(3):
            fixture(f'l_shard_{number}.npy', build_shard(number))

    def bad():
        import numpy as np

        def feature_sums(paths):
            sums = np.zeros(120)
            rows = 0
            for path in paths:
                shard = np.load(path)
                sums += shard.sum(axis=0)
                rows += len(shard)
            return sums, rows

        sums, rows = feature_sums([os.path.join(D, f'l_shard_{number}.npy') for number in range(3)])
        print(rows, 'rows, mean', round(float((sums / rows).mean()), 6))
        return sums

    def good():
        import numpy as np

        def feature_sums(paths):
            sums = np.zeros(120)
            rows = 0
            for path in paths:
                shard = np.load(path)
                sums += shard.sum(axis=0)
                rows += len(shard)
                del shard
            return sums, rows

        sums, rows = feature_sums([os.path.join(D, f'l_shard_{number}.npy') for number in range(3)])
        print(rows, 'rows, mean', round(float((sums / rows).mean()), 6))
        return sums


if __name__ == "__main__":
    kept = run()
