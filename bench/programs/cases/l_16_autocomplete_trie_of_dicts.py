import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build_places(path):
    import random
    rng = random.Random(16)
    heads = ['al', 'bran', 'cor', 'den', 'esk', 'fal', 'gros', 'hol', 'inver', 'kel', 'lind', 'mar']
    with open(path, 'w') as out:
        for _ in range(80_000):
            word = rng.choice(heads) + ''.join(rng.choice('aeiournstlk') for _ in range(rng.randrange(5, 11)))
            out.write(word + '\n')


@case('16 autocomplete trie of dicts')
class _:
    def setup():
        fixture('l_places.txt', build_places)

    def bad():
        class Completer:
            def __init__(self, path):
                self.root = {}
                with open(path) as lines:
                    for line in lines:
                        node = self.root
                        for letter in line.rstrip('\n'):
                            node = node.setdefault(letter, {})
                        node['$'] = True

            def complete(self, prefix, limit=5):
                node = self.root
                for letter in prefix:
                    if letter not in node:
                        return []
                    node = node[letter]
                found = []
                stack = [(prefix, node)]
                while stack and len(found) < limit:
                    word, node = stack.pop()
                    if '$' in node:
                        found.append(word)
                    stack += [(word + letter, node[letter]) for letter in sorted(node, reverse=True) if letter != '$']
                return found

        completer = Completer(os.path.join(D, 'l_places.txt'))
        print(completer.complete('bran'), completer.complete('kelo', 3), completer.complete('zz'))
        return completer

    def good():
        from bisect import bisect_left

        class Completer:
            def __init__(self, path):
                with open(path) as lines:
                    self.words = sorted({line.rstrip('\n') for line in lines})

            def complete(self, prefix, limit=5):
                found = []
                at = bisect_left(self.words, prefix)
                while at < len(self.words) and len(found) < limit and self.words[at].startswith(prefix):
                    found.append(self.words[at])
                    at += 1
                return found

        completer = Completer(os.path.join(D, 'l_places.txt'))
        print(completer.complete('bran'), completer.complete('kelo', 3), completer.complete('zz'))
        return completer


if __name__ == "__main__":
    kept = run()
