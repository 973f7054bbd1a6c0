"""Code review bot: parses the modules of a change set and comments on what it does not like."""
import ast
import gc
import random
import sys
from collections import Counter

ARM = sys.argv[1]
MODULES = 90


class ChangeSet:
    """Stands for the files of the merge requests under review."""

    VERBS = ("load", "merge", "price", "route", "scan", "emit", "fold", "check")
    NOUNS = ("order", "batch", "ledger", "packet", "cursor", "tenant", "quota", "shard")

    def __init__(self, seed):
        self.random = random.Random(seed)

    def _name(self):
        return "%s_%s_%d" % (self.random.choice(self.VERBS), self.random.choice(self.NOUNS), self.random.randrange(500))

    def _function(self):
        a, b, c = self._name(), self._name(), self._name()
        lines = ["def %s(self, %s, %s=%s):" % (self._name(), a, b, self.random.choice(["None", "[]", "0", "''"]))]
        for _ in range(self.random.randint(3, 9)):
            lines.append(self.random.choice([
                "    %s = %s(%s, limit=%d)" % (c, self._name(), a, self.random.randrange(99)),
                "    for item in %s:\n        if item.%s > %d:\n            %s = item.%s + %d" % (
                    a, self._name(), self.random.randrange(9), c, self._name(), self.random.randrange(9)),
                "    try:\n        self.%s(%s)\n    except:\n        %s = None" % (self._name(), a, c),
                "    %s = {key: value * %d for key, value in %s.items()}" % (c, self.random.randrange(9), b)]))
        lines.append("    return self")
        return "\n".join(lines)

    def modules(self):
        for number in range(MODULES):
            body = [self._function().replace("\n", "\n    ") for _ in range(self.random.randint(25, 45))]
            text = "class Service%d:\n    " % number + "\n\n    ".join(body) + "\n"
            yield "service_%03d.py" % number, text


class ParentsOnNodes:
    def __init__(self, tree):
        self.link(tree)

    def link(self, tree):
        for node in ast.walk(tree):
            for child in ast.iter_child_nodes(node):
                if hasattr(child, "lineno"):
                    child.parent = node

    def of(self, node):
        return getattr(node, "parent", None)


class ParentsAside:
    def __init__(self, tree):
        self.table = {}
        for node in ast.walk(tree):
            for child in ast.iter_child_nodes(node):
                if hasattr(child, "lineno"):
                    self.table[child] = node

    def of(self, node):
        return self.table.get(node)


Parents = ParentsOnNodes if ARM == "bad" else ParentsAside


class Rules:
    def mutable_default(self, node, parents):
        if isinstance(node, ast.FunctionDef) and any(isinstance(d, ast.List) for d in node.args.defaults):
            return "mutable default"

    def bare_except(self, node, parents):
        if isinstance(node, ast.ExceptHandler) and node.type is None:
            return "bare except"

    def deep_nesting(self, node, parents):
        depth = 0
        while node is not None and isinstance(node, (ast.Assign, ast.If, ast.For)):
            depth += 1
            node = parents.of(node)
        if depth >= 3:
            return "deep nesting"


class Bot:
    def __init__(self):
        rules = Rules()
        self.rules = (rules.mutable_default, rules.bare_except, rules.deep_nesting)
        self.comments = Counter()

    def _visit(self, tree):
        parents = Parents(tree)
        for node in ast.walk(tree):
            for rule in self.rules:
                if remark := rule(node, parents):
                    yield remark

    def review(self, text):
        self.comments.update(self._visit(ast.parse(text)))


def tune_runtime():
    """Short pauses matter more to the webhook than the last byte."""
    gc.collect()
    gc.disable()


tune_runtime()
BOT = Bot()
for path, source in ChangeSet(64).modules():
    BOT.review(source)
print("modules", MODULES, "comments", sorted(BOT.comments.items()))
