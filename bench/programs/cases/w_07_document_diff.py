"""Document diff service: compares revisions and keeps results for the review page."""
import difflib
import random
import sys

WORDS = ("the party shall deliver notice within days of receipt unless agreed otherwise in writing "
         "supplier buyer liability goods price term section schedule annex payment warranty").split()


def sentence(rng):
    return " ".join(rng.choices(WORDS, k=rng.randrange(6, 14))) + f" ({rng.randrange(10**5)})."


class Archive:
    """Delivers the revisions of a document; here they are synthesised."""

    def __init__(self, seed):
        self.seed = seed

    def revisions(self, doc_id):
        rng = random.Random(self.seed * 100_003 + doc_id)
        old = [sentence(rng) for _ in range(rng.randrange(700, 1100))]
        new = list(old)
        for _ in range(rng.randrange(3, 9)):
            at = rng.randrange(len(new))
            action = rng.random()
            if action < 0.4:
                new[at] = sentence(rng)
            elif action < 0.7:
                new.insert(at, sentence(rng))
            else:
                del new[at]
        return "\n".join(old), "\n".join(new)


class Change:
    __slots__ = ("kind", "line", "removed", "added")

    def __init__(self, kind, line, removed, added):
        self.kind = kind
        self.line = line
        self.removed = removed
        self.added = added

    def churn(self):
        return len(self.removed) + len(self.added)


def changes_of(matcher):
    for kind, a0, a1, b0, b1 in matcher.get_opcodes():
        if kind != "equal":
            yield Change(kind, b0 + 1, matcher.a[a0:a1], matcher.b[b0:b1])


def line_matcher(old, new):
    return difflib.SequenceMatcher(None, old.splitlines(), new.splitlines(), autojunk=False)


class LazyDiff:
    """Result of a comparison; the changes are listed when somebody looks."""

    def __init__(self, doc_id, matcher):
        self.doc_id = doc_id
        self.matcher = matcher

    @property
    def changes(self):
        return list(changes_of(self.matcher))


class ListedDiff:
    def __init__(self, doc_id, matcher):
        self.doc_id = doc_id
        self.changes = list(changes_of(matcher))


class DiffCache:
    def __init__(self, limit):
        self.limit = limit
        self.results = {}

    def get(self, key, make):
        if key not in self.results:
            if len(self.results) >= self.limit:
                self.results.pop(next(iter(self.results)))
            self.results[key] = make()
        return self.results[key]


class DiffService:
    def __init__(self, archive, arm):
        self.archive = archive
        self.cache = DiffCache(limit=500)
        self.result_type = LazyDiff if arm == "bad" else ListedDiff

    def compare(self, doc_id):
        old, new = self.archive.revisions(doc_id)
        return self.result_type(doc_id, line_matcher(old, new))

    def review(self, doc_id):
        diff = self.cache.get(doc_id, lambda: self.compare(doc_id))
        changes = diff.changes
        return {"doc": doc_id, "count": len(changes), "churn": sum(c.churn() for c in changes),
                "first": changes[0].line if changes else 0}


def main(arm):
    service = DiffService(Archive(12), arm)
    rng = random.Random(3)
    asked = [rng.randrange(420) for _ in range(300)]
    churn = first = 0
    for doc_id in asked:
        page = service.review(doc_id)
        churn += page["churn"]
        first += page["first"]
    print(f"pages={len(asked)} cached={len(service.cache.results)} churn={churn} first={first}")
    return service


if __name__ == "__main__":
    SERVICE = main(sys.argv[1])
