import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('04 cycle keeps every batch')
class _:
    def setup():
        import numpy, itertools
    def bad():
        import itertools
        import numpy as np
        class ImageLoader:
            def __init__(self,batches):
                self.batches=batches
            def __iter__(self):
                for i in range(self.batches):
                    yield np.full((16,3,96,96),i%256,dtype='uint8')
        class Trainer:
            def __init__(self,loader):
                self.batches=itertools.cycle(loader)
                self.seen=0
            def train(self,steps):
                for _ in range(steps):
                    batch=next(self.batches)
                    self.seen+=int(batch.mean())
        trainer=Trainer(ImageLoader(120))
        trainer.train(300)
        print('seen',trainer.seen)
        return trainer
    def good():
        import numpy as np
        class ImageLoader:
            def __init__(self,batches):
                self.batches=batches
            def __iter__(self):
                for i in range(self.batches):
                    yield np.full((16,3,96,96),i%256,dtype='uint8')
        def endless(loader):
            while True:
                yield from loader
        class Trainer:
            def __init__(self,loader):
                self.batches=endless(loader)
                self.seen=0
            def train(self,steps):
                for _ in range(steps):
                    batch=next(self.batches)
                    self.seen+=int(batch.mean())
        trainer=Trainer(ImageLoader(120))
        trainer.train(300)
        print('seen',trainer.seen)
        return trainer


if __name__ == "__main__":
    kept = run()
