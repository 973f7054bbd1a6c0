import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('11 weights of every epoch are kept')
class _:
    def setup():
        import numpy as np
        np.random.default_rng(0).normal(size=4)
    def bad():
        import copy
        import numpy as np
        class Model:
            def __init__(self,rng):
                self.weights={'embed':rng.normal(size=(2000,50)).astype('float32'),'out':rng.normal(size=(50,2000)).astype('float32')}
            def train_epoch(self,rng):
                for w in self.weights.values():
                    w-=0.01*rng.normal(size=w.shape).astype('float32')
            def validate(self,epoch):
                return (epoch-31)**2/1000+0.25
        class EarlyStopping:
            def __init__(self):
                self.snapshots=[]
            def update(self,loss,model):
                self.snapshots.append((loss,copy.deepcopy(model.weights)))
            def best(self):
                return min(self.snapshots,key=lambda snapshot:snapshot[0])
        rng=np.random.default_rng(0)
        model=Model(rng)
        stopping=EarlyStopping()
        for epoch in range(60):
            model.train_epoch(rng)
            stopping.update(model.validate(epoch),model)
        loss,weights=stopping.best()
        print('best loss',loss,'norm',round(float(np.abs(weights['out']).mean()),4))
        return model,stopping
    def good():
        import copy
        import numpy as np
        class Model:
            def __init__(self,rng):
                self.weights={'embed':rng.normal(size=(2000,50)).astype('float32'),'out':rng.normal(size=(50,2000)).astype('float32')}
            def train_epoch(self,rng):
                for w in self.weights.values():
                    w-=0.01*rng.normal(size=w.shape).astype('float32')
            def validate(self,epoch):
                return (epoch-31)**2/1000+0.25
        class EarlyStopping:
            def __init__(self):
                self.loss=float('inf')
                self.weights=None
            def update(self,loss,model):
                if loss<self.loss:
                    self.loss=loss
                    self.weights=copy.deepcopy(model.weights)
            def best(self):
                return self.loss,self.weights
        rng=np.random.default_rng(0)
        model=Model(rng)
        stopping=EarlyStopping()
        for epoch in range(60):
            model.train_epoch(rng)
            stopping.update(model.validate(epoch),model)
        loss,weights=stopping.best()
        print('best loss',loss,'norm',round(float(np.abs(weights['out']).mean()),4))
        return model,stopping


if __name__ == "__main__":
    kept = run()
