import numpy as np
class Eager:
    def __init__(self, paths):
        self.items = []
        for path in paths:
            features = np.load(path)  # expect: HW709
            self.items.append((features, 1))
    def __getitem__(self, index): return self.items[index]
class Texts:
    def __init__(self, paths):
        self.texts = [path.read_text() for path in paths]  # expect: HW709
    def __getitem__(self, index): return self.texts[index]
class Lazy:
    def __init__(self, paths):
        self.paths = list(paths)
    def __getitem__(self, index): return np.load(self.paths[index])
class One:
    def __init__(self, path):
        self.table = np.load(path)
    def __getitem__(self, index): return self.table[index]
