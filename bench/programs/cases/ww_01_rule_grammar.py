"""Checks an alert rule file: parses every rule and counts what it refers to."""
import random
from collections import Counter

import pyparsing as pp

from harness import case, run


def grammar():
    name = pp.Word(pp.alphas, pp.alphanums + "_.")
    number = pp.Word(pp.nums + ".")
    call = pp.Group(name + pp.Suppress("(") + name + pp.Suppress(")"))
    value = call | name | number
    test = pp.Group(value + pp.one_of("> < >= <= ==") + value)
    clause = pp.infix_notation(test, [
        (pp.Keyword("not"), 1, pp.OpAssoc.RIGHT),
        (pp.Keyword("and"), 2, pp.OpAssoc.LEFT),
        (pp.Keyword("or"), 2, pp.OpAssoc.LEFT),
    ])
    rule = pp.Group(pp.Suppress("alert") + name + pp.Suppress(":") + clause + pp.Suppress(";"))
    return pp.OneOrMore(rule)


def rule_file(count, seed=7):
    rng = random.Random(seed)
    metrics = ["cpu.load", "mem.used", "disk.free", "net.errors", "queue.depth"]
    out = []
    for n in range(count):
        tests = [f"avg({rng.choice(metrics)}) > {rng.randrange(100)}" for _ in range(3)]
        out.append(f"alert rule_{n}: {tests[0]} and ({tests[1]} or not {tests[2]});")
    return "\n".join(out)


class RuleSet:
    def __init__(self, cache_size):
        pp.ParserElement.enable_packrat(cache_size)
        self.parser = grammar()
        self.rules = 0
        self.metrics = Counter()

    def load(self, text):
        for rule in self.parser.parse_string(text, parse_all=True):
            self.rules += 1
            self._refs(rule)

    def _refs(self, node):
        for part in node:
            if isinstance(part, pp.ParseResults):
                self._refs(part)
            elif "." in part:
                self.metrics[part] += 1


def check(cache_size):
    rules = RuleSet(cache_size)
    rules.load(rule_file(800))
    print(rules.rules, sorted(rules.metrics.items()))
    return rules.rules


@case("ww 01 rule grammar")
class _:
    def bad():
        return check(None)

    def good():
        return check(128)


if __name__ == "__main__":
    kept = run()
