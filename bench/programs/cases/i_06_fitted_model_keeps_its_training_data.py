import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('06 fitted model keeps its training data')
class _:
    def setup():
        import numpy as np
        a=np.eye(10)+1
        np.linalg.solve(a.T@a,a.T@a[:,0])
    def sales(store):
        import numpy as np
        X=np.empty((30_000,10))
        t=np.arange(30_000)
        for k in range(10):
            X[:,k]=(t*(k+3)+store)%(17+k)
        return X,X@np.arange(1.0,11.0)+store
    def bad():
        import numpy as np
        class LinearModel:
            def fit(self,X,y):
                self.X=X
                self.y=y
                self.params=np.linalg.solve(X.T@X,X.T@y)
                self.resid=y-X@self.params
                return self
            def rmse(self):
                return float(np.sqrt(np.mean(self.resid**2)))
            def predict(self,X):
                return X@self.params
        models={}
        for store in range(20):
            X,y=CASES['06 fitted model keeps its training data'].sales(store)
            models[store]=LinearModel().fit(X,y)
        new=np.ones((1,10))
        print('forecast',round(sum(float(m.predict(new)[0]) for m in models.values()),3),'rmse',round(sum(m.rmse() for m in models.values()),3))
        return models
    def good():
        import numpy as np
        class LinearModel:
            def fit(self,X,y):
                self.params=np.linalg.solve(X.T@X,X.T@y)
                resid=y-X@self.params
                self.rmse_=float(np.sqrt(np.mean(resid**2)))
                return self
            def rmse(self):
                return self.rmse_
            def predict(self,X):
                return X@self.params
        models={}
        for store in range(20):
            X,y=CASES['06 fitted model keeps its training data'].sales(store)
            models[store]=LinearModel().fit(X,y)
        new=np.ones((1,10))
        print('forecast',round(sum(float(m.predict(new)[0]) for m in models.values()),3),'rmse',round(sum(m.rmse() for m in models.values()),3))
        return models


if __name__ == "__main__":
    kept = run()
