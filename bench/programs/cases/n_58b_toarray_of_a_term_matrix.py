import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('58b toarray() of a term matrix')
class _:
    def setup(): import sklearn.feature_extraction.text
    def docs(): return (' '.join(f'word{(i*j)%6000}' for j in range(1,40)) for i in range(3000))
    def bad():
        from sklearn.feature_extraction.text import CountVectorizer
        X=CountVectorizer().fit_transform(CASES['58b toarray() of a term matrix'].docs())
        X=X.toarray()
        return X, X.sum(axis=0)
    def good():
        from sklearn.feature_extraction.text import CountVectorizer
        X=CountVectorizer().fit_transform(CASES['58b toarray() of a term matrix'].docs())
        return X, X.sum(axis=0)


if __name__ == "__main__":
    kept = run()
