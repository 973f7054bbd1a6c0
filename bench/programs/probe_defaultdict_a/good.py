"""Scores candidate phrases with a trigram model with back-off."""
import math
from collections import Counter, defaultdict


def training_text(sentences):
    subjects = ("driver", "signal", "train", "bridge", "station", "operator")
    verbs = ("stops", "waits", "leaves", "reports", "passes")
    for n in range(sentences):
        yield [f"the{n % 5}", f"{subjects[n % 6]}{n % 31}", verbs[n % 5], "near",
               f"{subjects[(n + 2) % 6]}{n % 17}", f"zone{n % 40}"]


def candidates(count):
    """Phrases proposed by the recogniser, most of them nonsense."""
    for n in range(count):
        yield [f"the{n % 5}", f"driver{n % 31}", f"word{n * 7919 % 65537}", "near", f"zone{n % 40}"]


class TrigramModel:
    def __init__(self, backoff=0.4):
        self.backoff = backoff
        self.following = defaultdict(Counter)
        self.pairs = defaultdict(Counter)
        self.words = Counter()
        self.size = 0

    def train(self, sentences):
        for words in sentences:
            for first, second, third in zip(words, words[1:], words[2:]):
                self.following[first, second][third] += 1
            for first, second in zip(words, words[1:]):
                self.pairs[first][second] += 1
            self.words.update(words)
            self.size += len(words)

    def probability(self, first, second, third):
        nexts = self.following.get((first, second), ())
        if third in nexts:
            return nexts[third] / nexts.total()
        return self.backoff * self.pair_probability(second, third)

    def pair_probability(self, first, second):
        nexts = self.pairs.get(first, ())
        if second in nexts:
            return nexts[second] / nexts.total()
        return self.backoff * (self.words[second] + 1) / (self.size + len(self.words))

    def score(self, words):
        return sum(math.log(self.probability(*gram)) for gram in zip(words, words[1:], words[2:]))


def best(model, phrases, keep):
    ranked = []
    for phrase in phrases:
        ranked.append((model.score(phrase), phrase))
        if len(ranked) >= 4 * keep:
            ranked.sort(reverse=True)
            del ranked[keep:]
    ranked.sort(reverse=True)
    return ranked[:keep]


def main():
    model = TrigramModel()
    model.train(training_text(20_000))
    print("tokens", model.size, "vocabulary", len(model.words))
    for score, phrase in best(model, candidates(150_000), 5):
        print(f"{score:.5f}", " ".join(phrase))
    print(f"{model.score('the1 signal1 stops near train3 zone1'.split()):.5f}")


if __name__ == "__main__":
    main()
