"""Text index over help desk tickets: inverted index for search, forward index for snippets and 'more like this'."""
import array
import collections
import os
import random
import re
import sys
import tempfile

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
BASE = os.path.join(tempfile.gettempdir(), "memory-cases")
TICKETS = os.path.join(BASE, "r_tickets.txt")
WORD = re.compile(r"[a-z0-9]+")
STOP = {"the", "and", "of", "to"}


def write_tickets():
    rng = random.Random(23)
    vocab = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randrange(3, 12))) for _ in range(9000)]
    weights = [1 / (n + 4) for n in range(len(vocab))]
    with open(TICKETS + ".part", "w") as out:
        for n in range(14000):
            words = rng.choices(vocab, weights, k=rng.randrange(30, 170))
            words.insert(0, words[0].title())
            out.write(f"T{n:06d}\t{' '.join(words)}.\n")
    os.rename(TICKETS + ".part", TICKETS)


def ensure_tickets():
    os.makedirs(BASE, exist_ok=True)
    if not os.path.exists(TICKETS):
        pid = os.fork()
        if pid == 0:
            write_tickets()
            os._exit(0)
        os.waitpid(pid, 0)


class Analyzer:
    def __init__(self):
        self.seen = {}

    def tokens(self, text):
        for match in WORD.finditer(text.lower()):
            word = match.group()
            if word not in STOP:
                yield word

    def analyze_bad(self, text):
        return tuple(self.tokens(text))

    def analyze_good(self, text):
        share = self.seen.setdefault
        return tuple(share(word, word) for word in self.tokens(text))


class Index:
    def __init__(self):
        self.analyzer = Analyzer()
        self.names = []
        self.forward = []
        self.inverted = collections.defaultdict(lambda: array.array("I"))

    def add(self, name, text):
        analyze = self.analyzer.analyze_bad if ARM == "bad" else self.analyzer.analyze_good
        words = analyze(text)
        number = len(self.names)
        self.names.append(name)
        self.forward.append(words)
        for word in dict.fromkeys(words):
            self.inverted[word].append(number)

    def search(self, query):
        lists = sorted((self.inverted.get(w, ()) for w in self.analyzer.tokens(query)), key=len)
        found = set(lists[0])
        for numbers in lists[1:]:
            found.intersection_update(numbers)
        return sorted(found)

    def similar(self, number, limit=5):
        counts = collections.Counter()
        for word in set(self.forward[number]):
            postings = self.inverted[word]
            if len(postings) < 400:
                counts.update(postings)
        counts.pop(number, None)
        return [n for n, _ in sorted(counts.items(), key=lambda p: (-p[1], p[0]))[:limit]]


def load(index, path):
    with open(path) as lines:
        for line in lines:
            name, text = line.rstrip("\n").split("\t")
            index.add(name, text)


def main():
    ensure_tickets()
    index = Index()
    load(index, TICKETS)
    rng = random.Random(1)
    hits = like = 0
    for _ in range(60):
        number = rng.randrange(len(index.names))
        query = " ".join(rng.sample(index.forward[number], 3))
        hits += len(index.search(query))
        like += sum(index.similar(number))
    print("tickets", len(index.names), "terms", len(index.inverted), "hits", hits, "like", like)
    return index


if __name__ == "__main__":
    index = main()
