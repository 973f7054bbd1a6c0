import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


import random


def corpus(n):
    rnd = random.Random(8)
    vocab = [f'term{k}' for k in range(6_000)]
    return (' '.join(vocab[min(int(rnd.expovariate(1 / 900)), 5_999)] for _ in range(40)) for _ in range(n))


@case('72b toarray() of a bag of words')
class _:
    def setup(): import sklearn.feature_extraction.text
    def bad():
        import numpy as np
        from sklearn.feature_extraction.text import CountVectorizer
        vec = CountVectorizer(dtype=np.int32)
        x = vec.fit_transform(corpus(4_000)).toarray()
        return x, x.sum(axis=0)
    def good():
        import numpy as np
        from sklearn.feature_extraction.text import CountVectorizer
        vec = CountVectorizer(dtype=np.int32)
        x = vec.fit_transform(corpus(4_000))
        return x, x.sum(axis=0)


if __name__ == "__main__":
    kept = run()
