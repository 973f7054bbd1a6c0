import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def visits():
    import numpy as np
    r = np.random.default_rng(4)
    return np.column_stack([r.integers(0, 500, 20_000), r.integers(0, 300, 20_000)]).astype(np.int16)


@case('75 one-hot matrix made dense')
class _:
    def setup(): import sklearn.preprocessing

    def bad():
        from sklearn.preprocessing import OneHotEncoder
        enc = OneHotEncoder(sparse_output=False, handle_unknown="ignore")
        X = enc.fit_transform(visits())
        return enc, X, X.sum(axis=0)

    def good():
        import numpy as np
        from sklearn.preprocessing import OneHotEncoder
        enc = OneHotEncoder(dtype=np.float32, handle_unknown="ignore")
        X = enc.fit_transform(visits())
        return enc, X, X.sum(axis=0)


if __name__ == "__main__":
    kept = run()
