import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('78 whole .npy loaded for a few rows')
class _:
    def setup():
        import numpy as np
        if not os.path.exists(D+'/n_emb.npy'):
            np.save(D+'/n_emb.tmp.npy',np.full((60_000,300),.5)); os.rename(D+'/n_emb.tmp.npy',D+'/n_emb.npy')
    def bad():
        import numpy as np
        emb=np.load(D+'/n_emb.npy')
        return [emb[i].copy() for i in (5,1000,33_333)]
    def good():
        import numpy as np
        emb=np.load(D+'/n_emb.npy',mmap_mode='r')
        return [np.array(emb[i]) for i in (5,1000,33_333)]


if __name__ == "__main__":
    kept = run()
