import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


import csv


def reviews(path):
    """Reviews: a sentence most of them, and a few that do not end."""
    import random
    r = random.Random(11)
    words = [r.randbytes(3).hex() for _ in range(900)]
    with open(path, 'w', newline='') as f:
        out = csv.writer(f)
        out.writerow(['id', 'stars', 'comment'])
        for number in range(24_000):
            length = 140 if number % 8000 == 4321 else r.randrange(2, 9)
            out.writerow([number, r.randrange(1, 6), ' '.join(r.choice(words) for _ in range(length))])


def columns():
    ids, stars, comments = [], [], []
    with open(os.path.join(D, 'jj_reviews.csv'), newline='') as f:
        for row in csv.DictReader(f):
            ids.append(int(row['id']))
            stars.append(int(row['stars']))
            comments.append(row['comment'])
    return ids, stars, comments


class DataFrame(dict):
    """Columns by name, each a numpy array."""

    def nrow(self):
        return len(self['id'])


@case('72 fixed-width numpy strings')
class _:
    def setup():
        import numpy
        fixture('jj_reviews.csv', reviews)
    def bad():
        import numpy as np
        ids, stars, comments = columns()
        data = DataFrame(id=np.array(ids, dtype=np.int32), stars=np.array(stars, dtype=np.int8))
        data['comment'] = np.array(comments)
        return data
    def good():
        import numpy as np
        ids, stars, comments = columns()
        data = DataFrame(id=np.array(ids, dtype=np.int32), stars=np.array(stars, dtype=np.int8))
        data['comment'] = np.array(comments, dtype=object)
        return data


if __name__ == "__main__":
    kept = run()
