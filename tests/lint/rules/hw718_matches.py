# sized
import re
from collections import Counter
import numpy as np
NUMBER = re.compile(r"\d+")
def total(text):
    return sum(int(n) for n in re.findall(r"\d+", text))  # expect: HW718
def shown(text):
    for word in NUMBER.findall(text):  # expect: HW718
        print(len(word))
def kept(text):
    return re.findall(r"\w+", text), [w for w in NUMBER.findall(text)]
def lazily(text):
    return sum(int(m.group()) for m in NUMBER.finditer(text))
def twice(text):
    found = NUMBER.findall(text)
    return sorted(found), len(found)
def counted(path):
    with open(path) as file:
        return Counter(re.findall(r"[a-z]+", file.read()))  # expect: HW718
class Words:
    def __init__(self):
        self.counts = Counter()
        self.seen = set()
    def take(self, path):
        self.counts.update(open(path).read().split())  # expect: HW718
    def keep(self, path):
        self.seen.update(open(path).read().split())
def longest(text):
    best = ""
    for word in text.split(" "):  # expect: HW718
        best = max(best, word, key=len)
    return best
def others(frame, array, base, sql, text):
    for part in np.split(array, 4):
        print(part)
    for part in array.split(3):
        print(part)
    for name in frame.names.str.split(","):
        print(name)
    base.executemany(sql, frame.a.tolist())
    return sorted(text.split()), len(text.split())
