"""Search service: queries are ranked over a catalogue, and a session can ask for further pages."""
import array
import collections
import random
import sys

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
PAGE = 20


class Product:
    __slots__ = ("number", "words", "price", "stars")

    def __init__(self, number, words, price, stars):
        self.number = number
        self.words = words
        self.price = price
        self.stars = stars


class Hit:
    __slots__ = ("product", "score", "matched")

    def __init__(self, product, score, matched):
        self.product = product
        self.score = score
        self.matched = matched


class Catalogue:
    def __init__(self, rng, size):
        vocab = ["".join(rng.choices("abcdefghijklmnoprstuv", k=rng.randrange(3, 9))) for _ in range(400)]
        self.products = []
        self.postings = collections.defaultdict(lambda: array.array("I"))
        for n in range(size):
            words = tuple(rng.sample(vocab, 9))
            self.products.append(Product(n, words, rng.randrange(99, 90000), rng.random() * 5))
            for word in words:
                self.postings[word].append(n)
        self.vocab = vocab

    def rank(self, terms):
        counts = collections.Counter()
        for term in terms:
            counts.update(self.postings[term])
        hits = []
        for number, matched in counts.items():
            product = self.products[number]
            bonus = 3 if product.words[0] in terms else 0
            hits.append(Hit(product, matched * 10 + product.stars + bonus, matched))
        hits.sort(key=lambda h: (-h.score, h.product.number))
        return hits


def pages_bad(hits):
    for start in range(0, len(hits), PAGE):
        yield [(h.product.number, round(h.score, 3)) for h in hits[start:start + PAGE]]


class PagesGood:
    def __init__(self, catalogue, terms):
        self.catalogue = catalogue
        self.terms = terms
        self.start = 0

    def __iter__(self):
        return self

    def __next__(self):
        hits = self.catalogue.rank(self.terms)[self.start:self.start + PAGE]
        if not hits:
            raise StopIteration
        self.start += PAGE
        return [(h.product.number, round(h.score, 3)) for h in hits]


def open_cursor(catalogue, terms):
    if ARM == "bad":
        return pages_bad(catalogue.rank(terms))
    return PagesGood(catalogue, terms)


class SearchSession:
    def __init__(self, user):
        self.user = user
        self.cursor = iter(())
        self.shown = 0

    def search(self, catalogue, terms):
        self.cursor = open_cursor(catalogue, terms)
        return self.more()

    def more(self):
        page = next(self.cursor, [])
        self.shown += len(page)
        return page


class Service:
    def __init__(self, catalogue):
        self.catalogue = catalogue
        self.sessions = {}
        self.checksum = 0.0

    def handle(self, user, terms):
        session = self.sessions.get(user)
        if session is None:
            session = self.sessions[user] = SearchSession(user)
        page = session.search(self.catalogue, terms) if terms else session.more()
        self.checksum += sum(score for _, score in page)


def main():
    rng = random.Random(31)
    service = Service(Catalogue(rng, 15000))
    for _ in range(1100):
        user = f"visitor-{rng.randrange(500):03d}"
        known = user in service.sessions
        terms = None if known and rng.random() < 0.4 else rng.sample(service.catalogue.vocab, rng.randrange(4, 10))
        service.handle(user, terms)
    print("sessions", len(service.sessions), "shown", sum(s.shown for s in service.sessions.values()),
          "checksum", round(service.checksum, 2))
    return service


if __name__ == "__main__":
    service = main()
