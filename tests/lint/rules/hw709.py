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
class Heads:
    def __init__(self, paths):
        self.names, self.means, self.rows = [], [], []
        for path in paths:
            head = path.read_text()
            self.names.append(head[:10].strip())
            self.means.append(np.load(path).mean())
            self.rows.append(path)
    def __getitem__(self, index): return self.names[index], self.means[index], self.rows[index]
class Scaled:
    def __init__(self, paths):
        self.items = []
        for path in paths:
            image = np.load(path)  # expect: HW709
            image = image / 255
            self.items.append((path, image))
    def __len__(self): return len(self.items)
    def __getitem__(self, index): return self.items[index]
class ByName:
    def __init__(self, paths):
        self.texts = {}
        for path in paths:
            with open(path) as file:
                text = file.read()  # expect: HW709
            self.texts[path] = text.split()
    def __getitem__(self, name): return self.texts[name]
class Whole:
    def __init__(self, paths):
        self.items = [np.load(path) for path in paths]
    def __getitem__(self, index): return self.items[index]
    def mean(self): return np.stack(self.items).mean()
