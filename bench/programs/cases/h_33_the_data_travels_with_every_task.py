import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def near_count(points,query):
    return int(((points-query)**2<0.01).all(axis=1).sum())
def use_points(points):
    global shared_points
    shared_points=points
def near_count_shared(query):
    return near_count(shared_points,query)
@case('33 the data travels with every task')
class _:
    def setup():
        import multiprocessing.pool, numpy
    def bad():
        import multiprocessing
        import numpy as np
        def density(points,queries):
            with multiprocessing.get_context('fork').Pool(2) as pool:
                return pool.starmap(near_count,[(points,query) for query in queries])
        points=np.random.default_rng(0).random((800_000,3))
        print('near',density(points,[0.2,0.4,0.6,0.8]))
    def good():
        import multiprocessing
        import numpy as np
        def density(points,queries):
            with multiprocessing.get_context('fork').Pool(2,initializer=use_points,initargs=(points,)) as pool:
                return pool.map(near_count_shared,queries)
        points=np.random.default_rng(0).random((800_000,3))
        print('near',density(points,[0.2,0.4,0.6,0.8]))


if __name__ == "__main__":
    kept = run()
