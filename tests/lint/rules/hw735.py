# sized
import hashlib
from collections import Counter
import numpy as np
import pandas as pd
import torch
from numpy import concatenate
def mean_of_batches(model, batches):
    outputs = []
    for batch in batches:
        outputs.append(model(batch))
    return np.concatenate(outputs).mean()  # expect: HW735
def accuracy(model, batches):
    guesses, targets = [], []
    for x, y in batches:
        guesses.append(model(x).argmax(axis=1))
        targets.append(y)
    guess = np.concatenate(guesses)  # expect: HW735
    target = np.concatenate(targets)  # expect: HW735
    right = guess == target
    return right.sum() / len(target)
class Metrics:
    def __init__(self):
        self.seen = self.right = 0
        self.hits = np.zeros(9)
    def update(self, logits, y):
        guess = logits.argmax(axis=1)
        own = logits[np.arange(len(y)), y]
        for column in range(9):
            self.seen += (logits[:, column] > own).sum()
        self.hits += np.bincount(y[guess == y], minlength=9)
def validate(model, batches):
    metrics = Metrics()
    outputs, targets = [], []
    for x, y in batches:
        logits = model.logits(x)
        outputs.append(logits)
        targets.append(y)
    logits = np.concatenate(outputs)  # expect: HW735
    metrics.update(logits, np.concatenate(targets))  # expect: HW735
    return metrics
def tensors(model, loader):
    losses = [model(x) for x in loader]
    print(torch.cat(losses).abs().max().item())  # expect: HW735
def at_once(model, loader):
    return float(concatenate([model(x) for x in loader], axis=0).sum())  # expect: HW735
def tables(paths):
    frames = []
    for path in paths:
        frames.append(pd.read_csv(path))
    table = pd.concat(frames, ignore_index=True)  # expect: HW735
    print(table["kind"].value_counts())
    return table.groupby("kind")["price"].sum()
def digest(file):
    parts = []
    while part := file.read(1 << 20):
        parts.append(part)
    return hashlib.sha256(b"".join(parts)).hexdigest()  # expect: HW735
def letters(pages):
    texts = []
    for page in pages:
        texts.append(page.text)
    return Counter("".join(texts))  # expect: HW735
def largest(rows):
    stacked = np.vstack([row.values for row in rows])  # expect: HW735
    return stacked.max(axis=0), stacked.min(axis=0)
def kept(model, batches):
    outputs = []
    for batch in batches:
        outputs.append(model(batch))
    whole = np.concatenate(outputs)
    print(whole.mean())
    return whole
def middle(model, batches):
    outputs = [model(batch) for batch in batches]
    return np.median(np.concatenate(outputs))
def two_passes(model, batches):
    outputs = [model(batch) for batch in batches]
    whole = np.concatenate(outputs)
    mean = whole.mean()
    return ((whole - mean) ** 2).sum()
def sorted_whole(model, batches):
    whole = np.concatenate([model(batch) for batch in batches])
    whole.sort()
    return whole.max()
def side_by_side(columns):
    return np.concatenate([read(c) for c in columns], axis=1).sum()
def list_too(model, batches):
    outputs = []
    for batch in batches:
        outputs.append(model(batch))
    return np.concatenate(outputs).sum(), len(outputs)
def written(file, parts):
    lines = []
    for part in parts:
        lines.append(str(part))
    file.write("".join(lines))
def only_measured(parts):
    found = []
    for part in parts:
        found.append(part.values)
    return len(np.concatenate(found))
def handed_on(model, batches):
    outputs = [model(batch) for batch in batches]
    save(np.concatenate(outputs))
def plotted(axes, batches):
    whole = np.concatenate([batch.values for batch in batches])
    axes.hist(whole)
    return whole.mean()
def quantile(batches):
    whole = np.concatenate([batch.values for batch in batches])
    limit = np.percentile(whole, 90)
    return (whole > limit).sum()
def few(a, b):
    return np.concatenate([a, b]).mean()
def filled(arrays, out):
    masks = [each.mask for each in arrays]
    print(np.concatenate(masks, axis=0, out=out).sum())
def columns_kept(arrays):
    whole = np.concatenate([each.values for each in arrays])
    print(whole.sum())
    return [Column(whole[:, i]) for i in range(9)]
def lines_of(chunks):
    parts = [bytes(each) for each in chunks]
    return b"".join(parts).count(b"\n")  # expect: HW735
def words_of(chunks):
    parts = [bytes(each) for each in chunks]
    return b"".join(parts).count(b"ERROR")
if __name__ == "__main__":
    validate(None, [])
