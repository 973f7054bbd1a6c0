"""Loads word vectors from a text file and answers questions for the nearest words."""
import random

import numpy as np

from harness import case, fixture, run


def build(path):
    rnd = random.Random(23)
    with open(path, "w") as out:
        for n in range(11000):
            out.write(f"word{n} " + " ".join(f"{rnd.gauss(0, 0.4):.5f}" for _ in range(100)) + "\n")


def parse(line):
    word, *numbers = line.rstrip().split(" ")
    return word, [float(x) for x in numbers]


def parse_compact(line):
    word, *numbers = line.rstrip().split(" ")
    return word, np.array([float(x) for x in numbers], dtype=np.float32)


class Vectors:
    def __init__(self, parse_line):
        self.parse_line = parse_line
        self.table = {}

    def load(self, path):
        with open(path) as lines:
            for line in lines:
                word, vector = self.parse_line(line)
                self.table[word] = vector
        return self

    def vector(self, word):
        return np.asarray(self.table[word], dtype=np.float32)

    def similarity(self, a, b):
        x, y = self.vector(a), self.vector(b)
        return float(x @ y / np.sqrt((x @ x) * (y @ y)))

    def nearest(self, word, among):
        return max((w for w in among if w != word), key=lambda w: self.similarity(word, w))


def questions(parse_line, path):
    vectors = Vectors(parse_line).load(path)
    shortlist = [f"word{n}" for n in range(0, 11000, 40)]
    answers = [vectors.nearest(f"word{n}", shortlist) for n in range(5, 100, 9)]
    print(len(vectors.table), answers[:4], len(set(answers)))
    return vectors


@case("yy 23 word vectors")
class _:
    def setup():
        fixture("yy23_vectors.txt", build)

    def bad():
        return questions(parse, fixture("yy23_vectors.txt", build))

    def good():
        return questions(parse_compact, fixture("yy23_vectors.txt", build))


if __name__ == "__main__":
    kept = run()
