from collections import defaultdict
HITS = defaultdict(list)
class Index:
    def __init__(self): self.words = defaultdict(set)
    def has(self, word):
        if self.words[word]:  # expect: HW510
            return True
        return False
    def fill(self, word, page):
        if page not in self.words[word]:
            self.words[word].add(page)
    def add(self, word, page): self.words[word].add(page)
    def count(self):
        return sum(1 for word in self.words if self.words[word])
def seen(key):
    while not HITS[key]:  # expect: HW510
        pass
    if key in HITS and HITS[key]: return 1
    if len(HITS[key]) > 3: return 2
    x = HITS[key]
    local = defaultdict(int)
    return 1 if local[key] else x
