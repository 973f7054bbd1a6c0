# sized
import numpy as np
class Patches:
    def __init__(self, path, size):
        self.data = np.load(path)  # expect: HW709
        self.size = size
    def __len__(self):
        return len(self.data) * self.data.shape[1]
    def patch(self, t, y, x):
        part = self.data[t, y : y + self.size, x : x + self.size]
        return part.mean()
    def first(self):
        return self.data[0]
class Whole:
    def __init__(self, path):
        self.scaled = np.load(path)
        self.scaled -= self.scaled.mean()
    def at(self, t):
        return self.scaled[t]
class Looked:
    def __init__(self, path):
        self.seen = np.load(path)
    def at(self, t):
        return self.seen[t]
    def mean(self):
        return self.seen.mean()
class Written:
    def __init__(self, path):
        self.field = np.load(path)
    def at(self, t):
        return self.field[t]
    def put(self, t, value):
        self.field[t] = value
class Part:
    def __init__(self, path):
        self.grid = np.load(path)
    def at(self, t):
        part = self.grid[t]
        part -= 3
        return part
class Masked:
    def __init__(self, path):
        self.cells = np.load(path)
        self.shown = np.load(path)
    def at(self, level):
        return self.shown[self.cells > level]
def show(masked):
    return plot(masked.shown)
