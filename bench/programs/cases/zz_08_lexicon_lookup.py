import random
from collections import defaultdict

from harness import case, run

STEMS = ["light", "ground", "water", "stone", "field", "wood", "iron", "cloud"]
ENDINGS = ["", "s", "ed", "ing", "er", "ly"]


class Lexicon:
    """Senses by language and lemma, as an open multilingual word net has them."""

    def __init__(self):
        self.senses = defaultdict(lambda: defaultdict(list))

    def load(self, language, rows):
        for lemma, sense in rows:
            self.senses[language][lemma].append(sense)

    def lookup(self, lemma, language):
        return self.senses[language][lemma]

    def size(self, language):
        return sum(1 for found in self.senses[language].values() if found)


class GuardedLexicon(Lexicon):
    def lookup(self, lemma, language):
        index = self.senses[language]
        if lemma not in index:
            return []
        return index[lemma]


class Tagger:
    def __init__(self, lexicon, language):
        self.lexicon = lexicon
        self.language = language
        self.known = 0
        self.unknown = 0

    def tag(self, token):
        found = self.lexicon.lookup(token.lower(), self.language)
        if found:
            self.known += 1
            return found[0]
        self.unknown += 1
        return None


def user_text(messages):
    rnd = random.Random(7)
    for message in range(messages):
        for _ in range(8):
            if rnd.random() < 0.3:
                yield rnd.choice(STEMS) + rnd.choice(ENDINGS)
            else:
                yield "%s-%x" % (rnd.choice(STEMS), rnd.getrandbits(40))


def serve(lexicon, messages):
    lexicon.load("eng", [(stem + ending, "n.%02d" % number) for number, stem in enumerate(STEMS) for ending in ENDINGS])
    tagger = Tagger(lexicon, "eng")
    nouns = sum(1 for token in user_text(messages) if tagger.tag(token))
    print(nouns, tagger.known, tagger.unknown, lexicon.size("eng"))
    return lexicon


@case("zz 08 lexicon lookup")
class _:
    def bad():
        return serve(Lexicon(), 60000)

    def good():
        return serve(GuardedLexicon(), 60000)


if __name__ == "__main__":
    kept = run()
