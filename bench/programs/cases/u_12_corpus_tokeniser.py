"""Corpus tokeniser with a vocabulary; documents stay in memory for sampling."""
import os
import random
import re
import sys
import tempfile
from array import array
from itertools import islice

ARM = sys.argv[1] if len(sys.argv) > 1 else "good"
FOLDER = os.path.join(tempfile.gettempdir(), "memory-cases")
CORPUS = os.path.join(FOLDER, "vv-corpus.txt")
DOCS = 22_000
WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")


def write_corpus(path):
    rng = random.Random(53)
    words = sorted({"".join(rng.choices("etaoinshrdlucmfwypvbgkqjxz", k=rng.randint(2, 12)))
                    for _ in range(20_000)})
    rng.shuffle(words)
    weights = [1.0 / (rank + 3) for rank in range(len(words))]
    with open(path, "w", encoding="ascii") as out:
        for _ in range(DOCS):
            picked = rng.choices(words, weights=weights, k=rng.randint(30, 130))
            picked[0] = picked[0].title()
            out.write(" ".join(picked) + ".\n")


def ensure_inputs():
    os.makedirs(FOLDER, exist_ok=True)
    if not os.path.exists(CORPUS):
        pid = os.fork()
        if pid == 0:
            write_corpus(CORPUS + ".tmp")
            os.rename(CORPUS + ".tmp", CORPUS)
            os._exit(0)
        os.waitpid(pid, 0)


class Vocabulary:
    def __init__(self):
        self.ids = {}
        self.words = []

    def add(self, word):
        found = self.ids.get(word)
        if found is None:
            found = self.ids[word] = len(self.words)
            self.words.append(word)
        return found

    def __len__(self):
        return len(self.words)


class Tokeniser:
    def __init__(self, vocabulary):
        self.vocabulary = vocabulary

    def _split(self, text):
        return WORD.findall(text.lower())

    def encode_bad(self, text):
        tokens = self._split(text)
        for token in tokens:
            self.vocabulary.add(token)
        return tokens

    def encode_good(self, text):
        add = self.vocabulary.add
        return array("I", [add(token) for token in self._split(text)])

    def encode(self, text):
        return self.encode_bad(text) if ARM == "bad" else self.encode_good(text)

    def numbers(self, document):
        """The ids of a document, however it is kept."""
        if isinstance(document, array):
            return document
        return [self.vocabulary.ids[token] for token in document]


class Corpus:
    def __init__(self, tokeniser):
        self.tokeniser = tokeniser
        self.documents = []

    def read(self, path):
        with open(path, encoding="ascii") as lines:
            for line in lines:
                self.documents.append(self.tokeniser.encode(line))
        return self

    def skip_pairs(self, rng, n, window=4):
        for document in islice(self._shuffled(rng), n):
            ids = self.tokeniser.numbers(document)
            centre = rng.randrange(len(ids))
            other = max(0, min(len(ids) - 1, centre + rng.randint(-window, window)))
            yield ids[centre], ids[other]

    def _shuffled(self, rng):
        while True:
            yield self.documents[rng.randrange(len(self.documents))]


def main():
    ensure_inputs()
    vocabulary = Vocabulary()
    corpus = Corpus(Tokeniser(vocabulary)).read(CORPUS)
    checksum = 0
    for left, right in corpus.skip_pairs(random.Random(2), 20_000):
        checksum = (checksum * 33 + left * 7 + right) % 1_000_003
    tokens = sum(map(len, corpus.documents))
    print(f"documents={len(corpus.documents)} tokens={tokens} "
          f"vocabulary={len(vocabulary)} checksum={checksum}")
    return corpus


CORPUS_IN_MEMORY = main()
