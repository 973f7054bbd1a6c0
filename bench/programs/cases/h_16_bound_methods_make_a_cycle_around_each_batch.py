import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('16 bound methods make a cycle around each batch')
class _:
    def setup():
        import numpy as np
        np.tanh(np.ones(4,'float32')*2).mean()
    def bad():
        import numpy as np
        class Batch:
            def __init__(self,number):
                self.pixels=np.full((16,3,80,80),number%7,dtype='float32')
                self.steps=[self.scale,self.squash]
            def scale(self):
                self.pixels*=0.5
            def squash(self):
                np.tanh(self.pixels,out=self.pixels)
            def prepare(self):
                for step in self.steps:
                    step()
                return float(self.pixels.mean())
        print('sum',round(sum(Batch(i).prepare() for i in range(45)),4))
    def good():
        import numpy as np
        class Batch:
            def __init__(self,number):
                self.pixels=np.full((16,3,80,80),number%7,dtype='float32')
            def scale(self):
                self.pixels*=0.5
            def squash(self):
                np.tanh(self.pixels,out=self.pixels)
            steps=(scale,squash)
            def prepare(self):
                for step in self.steps:
                    step(self)
                return float(self.pixels.mean())
        print('sum',round(sum(Batch(i).prepare() for i in range(45)),4))


if __name__ == "__main__":
    kept = run()
