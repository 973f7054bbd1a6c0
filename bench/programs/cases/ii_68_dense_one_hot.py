import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def columns(n):
    import numpy as np
    r = np.random.default_rng(68)
    return np.column_stack([r.zipf(1.3, n) % 600, r.integers(0, 400, n), r.integers(0, 24, n)]).astype('int16')


@case('68 one-hot matrix made dense')
class _:
    def setup(): import numpy.random, scipy.sparse, sklearn.preprocessing
    def bad():
        from sklearn.preprocessing import OneHotEncoder
        enc = OneHotEncoder(sparse_output=False)
        x = enc.fit_transform(columns(25_000))
        return enc, x, x.sum(axis=0)
    def good():
        import numpy as np
        from sklearn.preprocessing import OneHotEncoder
        enc = OneHotEncoder(dtype=np.float32)
        x = enc.fit_transform(columns(25_000))
        return enc, x, x.sum(axis=0)


if __name__ == "__main__":
    kept = run()
