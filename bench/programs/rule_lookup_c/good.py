"""Match access-log clients against per-client throttling rules."""
from collections import Counter, defaultdict
from typing import Iterator, NamedTuple

N_RULES = 3_000
N_REQUESTS = 420_000


class Rule(NamedTuple):
    client: str
    path_prefix: str
    limit: int


def load_rules() -> Iterator[Rule]:
    for n in range(N_RULES):
        prefix = ("/api", "/login", "/static")[n % 3]
        yield Rule(f"client-{n * 131:012d}", prefix, 10 + n % 50)


def requests() -> Iterator[tuple[str, str]]:
    """Clients seen in one day; nearly all of them have no rule."""
    paths = ("/api/items", "/login", "/static/logo.png", "/home")
    for n in range(N_REQUESTS):
        yield f"client-{n:012d}", paths[n * 7 % 4]


class RuleBook:
    def __init__(self, rules):
        self._rules = defaultdict(list)
        for rule in rules:
            self._rules[rule.client].append(rule)

    def match(self, client, path):
        for rule in self._rules.get(client, ()):
            if path.startswith(rule.path_prefix):
                return rule
        return None


class Throttle:
    def __init__(self, book):
        self.book = book
        self.hits = Counter()
        self.strictest = None

    def check(self, client, path):
        rule = self.book.match(client, path)
        if rule is None:
            self.hits["free"] += 1
            return
        self.hits[rule.path_prefix] += 1
        if self.strictest is None or rule.limit < self.strictest.limit:
            self.strictest = rule


def main():
    throttle = Throttle(RuleBook(load_rules()))
    for client, path in requests():
        throttle.check(client, path)
    for name, count in sorted(throttle.hits.items()):
        print(name, count)
    print("strictest", *throttle.strictest)


if __name__ == "__main__":
    main()
