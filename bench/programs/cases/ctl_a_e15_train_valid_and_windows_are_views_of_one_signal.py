import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e15 train, valid and windows are views of one signal')
class _:
    def setup(): import numpy.random
    def good():
        import numpy as np
        x=np.random.default_rng(16).standard_normal(10_000_000,dtype=np.float32)
        parts={'train':x[:8_000_000],'valid':x[8_000_000:9_000_000],'test':x[9_000_000:]}
        windows={k:np.lib.stride_tricks.sliding_window_view(v,4096)[::2048] for k,v in parts.items()}
        power={k:np.mean([np.abs(np.fft.rfft(w)) for w in v[::8]],axis=0) for k,v in windows.items()}
        energy={k:float(sum(np.vdot(w,w) for w in v)) for k,v in windows.items()}
        return parts,windows,power,energy


if __name__ == "__main__":
    kept = run()
