import hashlib
import random
from collections import Counter, OrderedDict
from functools import lru_cache

from harness import case, run

STOPWORDS = {
    "en": frozenset("the and of to in is that for with was".split()),
    "de": frozenset("der die und das nicht mit ist ein auf den".split()),
    "fr": frozenset("le la les et des est une dans pour que".split()),
}
FILL = [f"term{n}" for n in range(400)]
MESSAGES = 11_000
REMEMBERED = 16_384


def guess(text):
    words = Counter(text.split(" "))
    return max(STOPWORDS, key=lambda code: sum(words[word] for word in STOPWORDS[code]))


def inbox():
    rnd = random.Random(18)
    blocks = {code: [" ".join(rnd.choices([*words, *FILL[:60]], k=240)) for _ in range(25)]
              for code, words in ((code, sorted(words)) for code, words in STOPWORDS.items())}
    for number in range(MESSAGES):
        if number % 10 == 9:
            number -= 5
        code = sorted(blocks)[number % 3]
        parts = (blocks[code][(number * step) % 25] for step in (1, 3, 7, 11))
        yield f"Message {number}: " + " ".join(parts)


@lru_cache(maxsize=REMEMBERED)
def language_of(text):
    return guess(text)


class LanguageMemory:
    def __init__(self, size):
        self.size = size
        self.known = OrderedDict()

    def language_of(self, text):
        key = hashlib.blake2b(text.encode(), digest_size=16).digest()
        code = self.known.get(key)
        if code is None:
            code = self.known[key] = guess(text)
            if len(self.known) > self.size:
                self.known.popitem(last=False)
        else:
            self.known.move_to_end(key)
        return code


def route(language):
    desks = Counter(language(text) for text in inbox())
    print(sorted(desks.items()))


@case("uu 18 language of messages")
class _:
    def bad():
        route(language_of)
        return language_of

    def good():
        memory = LanguageMemory(REMEMBERED)
        route(memory.language_of)
        return memory


if __name__ == "__main__":
    kept = run()
