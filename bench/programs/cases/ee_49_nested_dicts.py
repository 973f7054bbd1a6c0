import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


import random


def events(n):
    rnd = random.Random(3)
    for _ in range(n):
        yield rnd.randrange(1_500), rnd.randrange(400), rnd.random()


@case('49 dict of dict of dict for a sparse matrix')
class _:
    def setup(): import numpy, scipy.sparse
    def bad():
        score = {}
        for user, item, w in events(350_000):
            cell = score.setdefault(user, {}).setdefault(item, {'w': 0.0})
            cell['w'] += w
        return score
    def good():
        from array import array
        import numpy as np
        from scipy.sparse import coo_array
        u, i, w = array('H'), array('H'), array('d')
        for user, item, weight in events(350_000):
            u.append(user); i.append(item); w.append(weight)
        rows, cols = (np.frombuffer(a, np.uint16).astype(np.int32) for a in (u, i))
        return coo_array((np.frombuffer(w), (rows, cols)), shape=(1_500, 400)).tocsr()


if __name__ == "__main__":
    kept = run()
