"""Split text without spaces into the likeliest sequence of dictionary words."""
import math
import os
import tempfile

ONSETS = ("b", "d", "g", "k", "l", "m", "n", "p", "r", "s", "t", "z", "sh", "ch")
VOWELS = ("a", "e", "i", "o", "u", "ai", "ei", "ou")
N_WORDS = 130_000
SENTENCES = 120


def make_word(number):
    state, parts = number * 2654435761 % 2**32, []
    for _ in range(3 + number % 3):
        state = (state * 1664525 + 1013904223) % 2**32
        parts.append(ONSETS[(state >> 9) % len(ONSETS)] + VOWELS[(state >> 20) % len(VOWELS)])
    return "".join(parts)


def write_dictionary(path):
    with open(path, "w", encoding="utf-8") as out:
        for number in range(N_WORDS):
            out.write(f"{make_word(number)} {1 + 90_000 // (number + 1)} n\n")


class Dictionary:
    def __init__(self):
        self.trie = {}
        self.total = 0
        self.longest = 0

    def add(self, word, freq):
        node = self.trie
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = freq
        self.total += freq
        self.longest = max(self.longest, len(word))

    def load(self, path):
        with open(path, encoding="utf-8") as handle:
            for line in handle:
                word, freq, _ = line.split(" ")
                self.add(word, int(freq))

    def words_at(self, text, start):
        """End and frequency of each word of the dictionary that starts here."""
        node = self.trie
        for end in range(start, len(text)):
            node = node.get(text[end])
            if node is None:
                return
            if "" in node:
                yield end + 1, node[""]


class Segmenter:
    def __init__(self, dictionary):
        self.dictionary = dictionary

    def cut(self, text):
        n = len(text)
        log_total = math.log(self.dictionary.total)
        route = [(0.0, n)] * (n + 1)
        for start in range(n - 1, -1, -1):
            best = (route[start + 1][0] - log_total - 3.0, start + 1)
            for end, freq in self.dictionary.words_at(text, start):
                best = max(best, (math.log(freq) - log_total + route[end][0], end))
            route[start] = best
        start = 0
        while start < n:
            end = route[start][1]
            yield text[start:end]
            start = end


def sentence(number):
    return "".join(make_word((number * 131 + k * k * 17) % (400 + number * 3)) for k in range(14))


def main():
    dictionary = Dictionary()
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "dict.txt")
        write_dictionary(path)
        dictionary.load(path)
    segmenter = Segmenter(dictionary)
    letters = words = single = 0
    for number in range(SENTENCES):
        text = sentence(number)
        pieces = list(segmenter.cut(text))
        letters += len(text)
        words += len(pieces)
        single += sum(1 for piece in pieces if len(piece) == 1)
        if number % 40 == 0:
            print(" ".join(pieces))
    print("letters", letters, "words", words, "single letters", single, "longest", dictionary.longest)


if __name__ == "__main__":
    main()
