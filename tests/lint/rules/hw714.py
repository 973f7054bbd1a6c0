# sized
import numpy as np
def load(path):
    return np.load(path).astype(np.float64)  # expect: HW714
def plain(path):
    return np.load(path)
