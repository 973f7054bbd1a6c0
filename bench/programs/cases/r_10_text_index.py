"""Positional full-text index over a document collection, with phrase search."""
import os
import random
import re
import sys
import tempfile
from array import array

CASES = os.path.join(tempfile.gettempdir(), "memory-cases")
DOCS = os.path.join(CASES, "ss-documents.txt")


def write_documents(path):
    rng = random.Random(1010)
    vocab = ["".join(rng.choices("abcdefghiklmnoprstuvwz", k=rng.randint(3, 10))) for _ in range(6000)]
    weights = [1 / (i + 20) for i in range(len(vocab))]
    with open(path, "w") as out:
        for n in range(3000):
            words = rng.choices(vocab, weights, k=rng.randint(100, 550))
            for i in range(17, len(words), 40):
                words[i] += rng.choice([".", ",", ";", "!"])
            out.write("doc-%05d\t%s\n" % (n, " ".join(words).capitalize()))


def ensure_input(path, writer):
    if os.path.exists(path):
        return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    pid = os.fork()
    if pid == 0:
        writer(path + ".part")
        os.replace(path + ".part", path)
        os._exit(0)
    os.waitpid(pid, 0)


class PostingsBad:
    """Places where a term occurs, in the order of the collection."""

    def __init__(self):
        self.places = []

    def add(self, doc, position):
        self.places.append((doc, position))

    def __iter__(self):
        return iter(self.places)

    def __len__(self):
        return len(self.places)


class PostingsGood:
    """Places where a term occurs, in the order of the collection."""

    def __init__(self):
        self.docs = array("I")
        self.positions = array("H")

    def add(self, doc, position):
        self.docs.append(doc)
        self.positions.append(position)

    def __iter__(self):
        return zip(self.docs, self.positions)

    def __len__(self):
        return len(self.docs)


class Tokenizer:
    word = re.compile(r"[a-z]+")

    def tokens(self, text):
        for position, match in enumerate(self.word.finditer(text.lower())):
            yield position, match.group()


class Index:
    def __init__(self, postings_type):
        self.postings_type = postings_type
        self.tokenizer = Tokenizer()
        self.names = []
        self.terms = {}

    def add_document(self, name, text):
        doc = len(self.names)
        self.names.append(name)
        for position, term in self.tokenizer.tokens(text):
            postings = self.terms.get(term)
            if postings is None:
                postings = self.terms[term] = self.postings_type()
            postings.add(doc, position)

    def phrase(self, first, second):
        follow = set(self.terms.get(second, ()))
        return [self.names[doc] for doc, position in self.terms.get(first, ()) if (doc, position + 1) in follow]

    def ranked(self, start, stop):
        return sorted(self.terms, key=lambda t: (-len(self.terms[t]), t))[start:stop]


class Loader:
    def __init__(self, index):
        self.index = index

    def load(self, path):
        with open(path) as lines:
            for line in lines:
                name, text = line.rstrip("\n").split("\t")
                self.index.add_document(name, text)


INDEX = None


def main(mode):
    global INDEX
    ensure_input(DOCS, write_documents)
    INDEX = Index(PostingsBad if mode == "bad" else PostingsGood)
    Loader(INDEX).load(DOCS)
    middle = INDEX.ranked(200, 260)
    pairs = list(zip(middle, middle[1:]))
    found = [hit for pair in pairs for hit in INDEX.phrase(*pair)]
    places = sum(len(p) for p in INDEX.terms.values())
    print("%d documents, %d terms, %d places, phrases %d, first %s" % (
        len(INDEX.names), len(INDEX.terms), places, len(found), middle[0]))


if __name__ == "__main__":
    main(sys.argv[1])
