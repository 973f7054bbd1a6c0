import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('51 uint8 images become float64')
class _:
    def setup(): import numpy
    def bad():
        import numpy as np
        def prepare(frames):
            x=frames/255.0
            return (x-0.5)/0.25
        frames=np.tile(np.arange(256,dtype='u1'),40*1024).reshape(40,512,512)
        batch=prepare(frames)
        print('mean',round(float(batch[7].mean(dtype='f8')),3))
        return batch
    def good():
        import numpy as np
        def prepare(frames):
            x=frames.astype('f4')
            x/=255; x-=0.5; x/=0.25
            return x
        frames=np.tile(np.arange(256,dtype='u1'),40*1024).reshape(40,512,512)
        batch=prepare(frames)
        print('mean',round(float(batch[7].mean(dtype='f8')),3))
        return batch


if __name__ == "__main__":
    kept = run()
