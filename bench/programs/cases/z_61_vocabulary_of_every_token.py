import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('61 vocabulary of every token')
class _:
    def setup(): import sklearn.feature_extraction.text
    def bad():
        from sklearn.feature_extraction.text import CountVectorizer
        docs=(' '.join(f'session{i*50+k}' for k in range(50)) for i in range(10_000))
        v=CountVectorizer(); return v,v.fit_transform(docs).shape[0]
    def good():
        from sklearn.feature_extraction.text import HashingVectorizer
        docs=(' '.join(f'session{i*50+k}' for k in range(50)) for i in range(10_000))
        v=HashingVectorizer(n_features=2**18); return v,v.transform(docs).shape[0]


if __name__ == "__main__":
    kept = run()
