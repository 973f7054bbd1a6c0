import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('64 forest grown to the last leaf')
class _:
    def setup(): import numpy, sklearn.ensemble
    def bad():
        import numpy as np
        from sklearn.ensemble import RandomForestRegressor
        r=np.random.default_rng(0); x=r.random((50_000,4),dtype=np.float32); y=x[:,0]+r.random(50_000)
        model=RandomForestRegressor(15,max_features=1,random_state=0)
        return model.fit(x,y)
    def good():
        import numpy as np
        from sklearn.ensemble import RandomForestRegressor
        r=np.random.default_rng(0); x=r.random((50_000,4),dtype=np.float32); y=x[:,0]+r.random(50_000)
        model=RandomForestRegressor(15,max_features=1,random_state=0,min_samples_leaf=50)
        return model.fit(x,y)


if __name__ == "__main__":
    kept = run()
