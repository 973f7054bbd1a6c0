"""Small text search: tf-idf weights with cosine ranking."""
import numpy as np
from scipy import sparse

N_DOCS = 6_000
N_TERMS = 1_500
TERMS_PER_DOC = 25


def counts(seed=11):
    """Stands for the stored document-term counts."""
    rng = np.random.default_rng(seed)
    rows = np.repeat(np.arange(N_DOCS), TERMS_PER_DOC)
    cols = (N_TERMS * rng.power(0.6, rows.size)).astype(np.int32)
    ones = np.ones(rows.size)
    return sparse.coo_array((ones, (rows, cols)), shape=(N_DOCS, N_TERMS)).tocsr()


def inverse_frequency(matrix):
    df = np.bincount(matrix.indices, minlength=matrix.shape[1])
    return np.log((1 + matrix.shape[0]) / (1 + df)) + 1


def weigh(matrix):
    idf = inverse_frequency(matrix)
    return (matrix @ sparse.diags_array(idf)).tocsr()


def unit_rows(matrix):
    dense = matrix.toarray()
    norms = np.sqrt((dense**2).sum(axis=1))
    norms[norms == 0] = 1.0
    return sparse.csr_array(dense / norms[:, None])


class SearchIndex:
    def __init__(self, matrix):
        self.weights = unit_rows(weigh(matrix))

    def query(self, terms, top=5):
        vector = np.zeros(self.weights.shape[1])
        vector[list(terms)] = 1 / np.sqrt(len(terms))
        scores = self.weights @ vector
        order = np.argsort(-scores.round(9), kind="stable")[:top]
        return [(int(doc), float(scores[doc])) for doc in order]

    def similar(self, doc, top=3):
        scores = self.weights @ self.weights[[doc]].toarray()[0]
        order = np.argsort(-scores.round(9), kind="stable")[1 : top + 1]
        return [(int(other), float(scores[other])) for other in order]


def main():
    index = SearchIndex(counts())
    for terms in [(3, 40, 700), (1100,), (12, 13, 14, 15)]:
        print("query", terms)
        for doc, score in index.query(terms):
            print(f"   doc {doc:5d} {score:.5f}")
    for doc, score in index.similar(77):
        print(f"like 77: {doc:5d} {score:.5f}")


if __name__ == "__main__":
    main()
