import numpy as np
class Head:
    def __init__(self, path):
        self.first = np.load(path)[:10]  # expect: HW710
        self.safe = np.load(path)[:10].copy()
        whole = np.load(path)
        self.both = whole, whole[:10]
def heads(count):
    kept, arrays = [], []
    for _ in range(count):
        big = np.zeros(1_000_000)
        kept.append(big[:10])  # expect: HW710
    for _ in range(count):
        big = np.zeros(1_000_000)
        arrays.append(big)
        kept.append(big[:10])
    return kept, arrays, "text"[:2]
