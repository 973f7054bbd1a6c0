"""Access rules on a tree of path segments, asked for every request."""
import collections
import random

from harness import CASES, D, case, fixture, run


class Node(dict):
    """Children by path segment, and the rule that holds from here on down."""

    __slots__ = ("rule",)

    def __init__(self):
        self.rule = None

    def __missing__(self, segment):
        child = self[segment] = Node()
        return child


class AccessTree:
    def __init__(self):
        self.root = Node()
        self.answers = collections.Counter()

    def grant(self, path, rule):
        node = self.root
        for segment in path.strip("/").split("/"):
            node = node[segment]
        node.rule = rule

    def rule_for(self, path):
        raise NotImplementedError

    def allowed(self, path, role):
        rule = self.rule_for(path)
        verdict = rule is not None and role in rule
        self.answers[verdict] += 1
        return verdict


class AccessTreeWalking(AccessTree):
    def rule_for(self, path):
        node, rule = self.root, None
        for segment in path.strip("/").split("/"):
            node = node[segment]
            rule = node.rule or rule
        return rule


class AccessTreeProbing(AccessTree):
    def rule_for(self, path):
        node, rule = self.root, None
        for segment in path.strip("/").split("/"):
            node = node.get(segment)
            if node is None:
                break
            rule = node.rule or rule
        return rule


def rules():
    editors, readers = frozenset({"editor", "admin"}), frozenset({"reader", "editor", "admin"})
    for team in range(60):
        yield f"/teams/{team}", readers
        yield f"/teams/{team}/documents", editors
        yield f"/teams/{team}/documents/public", readers


def requests(count):
    rng = random.Random(17)
    roles = ("reader", "editor", "guest")
    for _ in range(count):
        team = rng.randrange(80)
        yield f"/teams/{team}/documents/{rng.randrange(10**7)}/revisions/{rng.randrange(400)}", rng.choice(roles)


def guard(tree, count=60_000):
    for path, rule in rules():
        tree.grant(path, rule)
    for path, role in requests(count):
        tree.allowed(path, role)
    return tree


@case('07 look-ups in a self-growing tree')
class _:
    def bad():
        return guard(AccessTreeWalking())

    def good():
        return guard(AccessTreeProbing())


if __name__ == "__main__":
    kept = run()
