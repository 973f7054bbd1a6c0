# sized
import gzip
import io
import h5py
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
class Shards:
    def __init__(self, path, mode=None):
        self.vectors = np.load(path, mmap_mode=mode)  # expect: HW709
        self.mapped = np.load(path, mmap_mode="r")
    def rows(self, tenant):
        start = tenant * 2000
        return self.vectors[start : start + 2000].sum() + self.mapped[start : start + 2000].sum()
class Tenants:
    mode = None
    def __init__(self, path):
        self.table = np.load(path, mmap_mode=self.mode)  # expect: HW709
    def row(self, tenant):
        return self.table[tenant].sum()
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
class Words:
    def __init__(self, path, words):
        self.table = np.load(path, allow_pickle=False)  # expect: HW709
        self.number = {word: i for i, word in enumerate(words)}
    def of(self, word):
        return self.table[self.number[word]]
    def mean(self, words):
        return self.table[[self.number[word] for word in words]].mean(axis=0)
    def rows(self, ids):
        return self.table.take(ids, axis=0)
class Similar:
    def __init__(self, path):
        self.table = np.load(path)
    def of(self, i):
        return self.table @ self.table[i]
class Derived(Similar):
    pass
TABLE = np.load("table.npy")  # expect: HW709
RAW = np.fromfile("table.bin", dtype="float32")  # expect: HW709
def row(i):
    return TABLE[i] + RAW[i * 4 : i * 4 + 4]
def some(path, ids):
    table = np.load(path)  # expect: HW709
    return table[ids].sum()
def sums(path):
    table = np.load(path)
    return [table[i].sum() for i in range(len(table))]
def batches(path, size):
    table = np.load(path)
    for at in range(0, len(table), size):
        yield table[at : at + size]
def chosen(path, mask):
    table = np.load(path)
    return table[mask]
def above(path, level):
    table = np.load(path)
    found = table > level
    return table[found]
def shuffled(path, rng):
    table = np.load(path)
    order = rng.permutation(len(table))
    return table[order]
def unpacked(path):
    arrays = np.load(path)
    return arrays["x"]
def in_memory(data, i):
    return np.load(io.BytesIO(data))[i]
class Stored:
    def __init__(self, path):
        with h5py.File(path) as file:
            self.vectors = file["vectors"][:]  # expect: HW709
            self.norms = file["norms"][:]
    def of(self, i):
        return self.vectors[i]
    def scaled(self, i):
        return self.norms[i] / self.norms.max()
class Archive:
    def __init__(self, path, offsets):
        with open(path, "rb") as file:
            self.blob = file.read()  # expect: HW709
        self.offsets = offsets
    def record(self, i):
        return self.blob[self.offsets[i] : self.offsets[i + 1]]
class Parser:
    def __init__(self, path):
        self.buffer = path.read_bytes()
        self.at = 0
    def take(self, size):
        part = self.buffer[self.at : self.at + size]
        self.at += size
        return part
class Packed:
    def __init__(self, path):
        self.unpacked = gzip.open(path, "rb").read()
    def part(self, a, b):
        return self.unpacked[a:b]
def header(path):
    data = open(path, "rb").read()
    return data[0:4], data[4:8]
class Masked:
    def __init__(self, path):
        self.cells = np.load(path)
        self.shown = np.load(path)
    def at(self, level):
        return self.shown[self.cells > level]
def show(masked):
    return plot(masked.shown)
class Herbarium:
    def __init__(self, path):
        self.leaves = self.opened(path)
    def opened(self, path):
        return np.load(path)  # expect: HW709
    def drawer(self, first, size):
        return np.asarray(self.leaves[first:first + size])
class Mapped(Herbarium):
    def opened(self, path):
        return np.load(path, mmap_mode="r")
class Survey:
    def __init__(self, path):
        self.heights = self.surveyed(path)
    def surveyed(self, path):
        return np.load(path)
    def drawer(self, first, size):
        return self.heights[first:first + size].copy()
class Levelled(Survey):
    def highest(self):
        return self.heights.max()
class Stranger:
    def surveyed(self, path):
        return np.load(path)


def ends(path):
    table = np.load(path)  # expect: HW709
    return table[:100].sum(), table[-100:].sum()


def halves(path, n):
    table = np.load(path)
    return table[:n].sum(), table[n:].sum()
class Detector:
    def __init__(self, path): self.file = h5py.File(path, "r")
    def _frames(self):
        yield from np.asarray(self.file["frames"])  # expect: HW709
    def energies(self): return self.file["energy"][()]  # expect: HW709
    def lights(self):
        for frame in self.file["frames"][:]:  # expect: HW709
            print(frame.sum())
    def pairs(self):
        for frame, energy in zip(self.file["frames"][()], self.energies()):  # expect: HW709
            print(frame.sum(), energy)
    def all(self):
        return [frame for frame in np.array(self.file["frames"])]
    def few(self):
        kept = []
        for frame, energy in zip(self.file["frames"][()], self.energies()):
            kept.append(frame)
        return kept
    def per_name(self, names):
        return sum(frame.sum() * n for n in names for frame in self.file["frames"][:])
    def total(self):
        return np.asarray(self.file["frames"]).sum()
def detect(path):
    for frame in Detector(path)._frames():
        print(frame.max())
