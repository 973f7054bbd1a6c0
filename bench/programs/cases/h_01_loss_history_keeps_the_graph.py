import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


class Tensor:
    def __init__(self,data,parents=(),grads=None):
        self.data=data
        self.parents=parents
        self.grads=grads
        self.grad=None
    def __matmul__(self,other):
        return Tensor(self.data@other.data,(self,other),lambda g:(g@other.data.T,self.data.T@g))
    def relu(self):
        mask=self.data>0
        return Tensor(self.data*mask,(self,),lambda g:(g*mask,))
    def mse(self,target):
        diff=self.data-target
        return Tensor((diff*diff).mean(),(self,),lambda g:(g*2*diff/diff.size,))
    def backward(self):
        todo=[(self,1.0)]
        while todo:
            node,g=todo.pop()
            if node.parents:
                todo.extend(zip(node.parents,node.grads(g)))
            else:
                node.grad=g
    def item(self):
        return float(self.data)
@case('01 loss history keeps the graph')
class _:
    def setup():
        import numpy as np
        rng=np.random.default_rng(0)
        x,w1,w2=Tensor(rng.normal(size=(64,32))),Tensor(rng.normal(size=(32,600))),Tensor(rng.normal(size=(600,1)))
        (x@w1).relu().__matmul__(w2).mse(0.0).backward()
    def bad():
        import numpy as np
        class Trainer:
            def __init__(self,rng):
                self.w1=Tensor(rng.normal(size=(32,600))*0.1)
                self.w2=Tensor(rng.normal(size=(600,1))*0.1)
                self.losses=[]
            def step(self,x,y):
                loss=(Tensor(x)@self.w1).relu().__matmul__(self.w2).mse(y)
                loss.backward()
                for w in (self.w1,self.w2):
                    w.data=w.data-0.01*w.grad
                self.losses.append(loss)
            def mean_loss(self):
                return sum(loss.item() for loss in self.losses)/len(self.losses)
        rng=np.random.default_rng(0)
        trainer=Trainer(rng)
        for _ in range(75):
            x=rng.normal(size=(64,32))
            trainer.step(x,x[:,:1]*2)
        print('mean loss',round(trainer.mean_loss(),4))
        return trainer
    def good():
        import numpy as np
        class Trainer:
            def __init__(self,rng):
                self.w1=Tensor(rng.normal(size=(32,600))*0.1)
                self.w2=Tensor(rng.normal(size=(600,1))*0.1)
                self.losses=[]
            def step(self,x,y):
                loss=(Tensor(x)@self.w1).relu().__matmul__(self.w2).mse(y)
                loss.backward()
                for w in (self.w1,self.w2):
                    w.data=w.data-0.01*w.grad
                self.losses.append(loss.item())
            def mean_loss(self):
                return sum(self.losses)/len(self.losses)
        rng=np.random.default_rng(0)
        trainer=Trainer(rng)
        for _ in range(75):
            x=rng.normal(size=(64,32))
            trainer.step(x,x[:,:1]*2)
        print('mean loss',round(trainer.mean_loss(),4))
        return trainer


if __name__ == "__main__":
    kept = run()
