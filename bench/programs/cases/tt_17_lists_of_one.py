from collections import defaultdict

import numpy as np
from harness import case, run

DOCS = 400
TERMS = 800


def fingerprints(doc):
    rng = np.random.default_rng(doc)
    return rng.integers(0, 1 << 40, size=TERMS, dtype=np.uint64)


@case("tt 17 lists of one")
class _:
    def bad():
        index = defaultdict(list)
        for doc in range(DOCS):
            for term in fingerprints(doc).tolist():
                index[term].append(doc)
        found = 0
        for term in fingerprints(77).tolist():
            found += sum(index[term])
        print(found)
        return index

    def good():
        index = np.empty(DOCS * TERMS, dtype=np.uint64)
        for doc in range(DOCS):
            index[doc * TERMS:(doc + 1) * TERMS] = (fingerprints(doc) << np.uint64(20)) | np.uint64(doc)
        index.sort()
        terms = fingerprints(77) << np.uint64(20)
        starts = index.searchsorted(terms)
        ends = index.searchsorted(terms + np.uint64(1 << 20))
        found = 0
        for start, end in zip(starts, ends):
            found += int((index[start:end] & np.uint64((1 << 20) - 1)).sum())
        print(found)
        return index


if __name__ == "__main__":
    kept = run()
