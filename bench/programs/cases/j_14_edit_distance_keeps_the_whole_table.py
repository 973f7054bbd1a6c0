import gc
import os
import random
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def two_versions(length):
    words = random.Random(14).choices(['the', 'heir', 'shall', 'pay', 'rent', 'to', 'a', 'lord', 'on', 'may', 'day'],
                                      k=length)
    other = [word.upper() if n % 5 == 0 else word for n, word in enumerate(words) if n % 9]
    return words, other


@case('14 edit distance keeps the whole table')
class _:
    def bad():
        def distance(old, new):
            """Words to insert, drop or replace to come from one version to the other."""
            table = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
            for i in range(len(old) + 1):
                table[i][0] = i
            for j in range(len(new) + 1):
                table[0][j] = j
            for i in range(1, len(old) + 1):
                for j in range(1, len(new) + 1):
                    if old[i - 1] == new[j - 1]:
                        table[i][j] = table[i - 1][j - 1]
                    else:
                        table[i][j] = 1 + min(table[i - 1][j], table[i][j - 1], table[i - 1][j - 1])
            return table[len(old)][len(new)]

        old, new = two_versions(1900)
        changed = distance(old, new)
        print(len(old), len(new), changed)
        return changed

    def good():
        def distance(old, new):
            """Words to insert, drop or replace to come from one version to the other."""
            above = list(range(len(new) + 1))
            for i in range(1, len(old) + 1):
                row = [i] + [0] * len(new)
                for j in range(1, len(new) + 1):
                    if old[i - 1] == new[j - 1]:
                        row[j] = above[j - 1]
                    else:
                        row[j] = 1 + min(above[j], row[j - 1], above[j - 1])
                above = row
            return above[len(new)]

        old, new = two_versions(1900)
        changed = distance(old, new)
        print(len(old), len(new), changed)
        return changed


if __name__ == "__main__":
    kept = run()
