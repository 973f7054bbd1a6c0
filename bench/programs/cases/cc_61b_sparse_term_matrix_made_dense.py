import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('61b sparse term matrix made dense')
class _:
    def setup(): import sklearn.feature_extraction.text
    def run(good):
        from sklearn.feature_extraction.text import CountVectorizer
        docs=[' '.join(f'w{(i*37+j*j)%5000}' for j in range(20)) for i in range(4000)]
        X=CountVectorizer().fit_transform(docs)
        if not good: X=X.toarray()
        return X,X.sum(axis=0)
    def bad(): return CASES['61b sparse term matrix made dense'].run(False)
    def good(): return CASES['61b sparse term matrix made dense'].run(True)


if __name__ == "__main__":
    kept = run()
