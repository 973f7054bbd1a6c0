import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def source(i):
    lines = ['def rule(row):', '    score = 0']
    for j in range(120):
        lines.append(f'    if row[{(i + j) % 16}] > {(i * 7919 + j * 104729) % 1000}: score += {j % 7 + 1}')
    return '\n'.join(lines + ['    return score', ''])


def compile_bad(i):
    import linecache
    text, name = source(i), f'<rule {i}>'
    ns = {}
    exec(compile(text, name, 'exec'), ns)
    linecache.cache[name] = (len(text), None, text.splitlines(True), name)
    return ns['rule']


def compile_good(i):
    import linecache, weakref
    text, name = source(i), f'<rule {i}>'
    ns = {}
    exec(compile(text, name, 'exec'), ns)
    rule = ns.pop('rule')
    linecache.cache[name] = (len(text), None, text.splitlines(True), name)
    weakref.finalize(rule, linecache.cache.pop, name, None)
    return rule


def evaluate(compile_rule):
    best = 0
    for i in range(1500):
        rule = compile_rule(i)
        best = max(best, rule([(i * k * 31) % 1000 for k in range(16)]))
    return best


@case('22 source of generated functions kept in linecache')
class _:
    def setup(): import linecache, weakref
    def bad():
        return evaluate(compile_bad)
    def good():
        return evaluate(compile_good)


if __name__ == "__main__":
    kept = run()
