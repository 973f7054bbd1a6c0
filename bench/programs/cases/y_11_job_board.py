"""Job board: "similar jobs" lists, from TF-IDF vectors of the postings."""
import random
import sys
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

POSTINGS = 2900
TOP = 5
BLOCK = 16


class PostingFeed:
    """Postings as the partners send them: title, skills, a few sentences."""

    def __init__(self, seed, n):
        rng = random.Random(seed)
        syll = ["pro", "ser", "da", "ta", "mi", "cro", "lo", "gis", "tik", "sa", "les", "op", "ne", "cu", "re"]
        self.words = sorted({"".join(rng.choices(syll, k=rng.randint(2, 4))) for _ in range(5000)})
        self.seed, self.n = seed, n

    def _skills(self, rng, field):
        span = len(self.words) // 12
        return [self.words[(field * span + int(rng.expovariate(1 / 60))) % len(self.words)] for _ in range(18)]

    def texts(self):
        rng = random.Random(self.seed + 1)
        for _ in range(self.n):
            field = rng.randrange(12)
            filler = rng.choices(self.words, k=rng.randint(15, 45))
            yield " ".join(self._skills(rng, field) + filler)


class SimilarityIndex:
    def __init__(self, mode):
        self.vectorizer = TfidfVectorizer(dtype=np.float32, min_df=2)
        self.matrix = None
        self._neighbours = self._neighbours_bad if mode == "bad" else self._neighbours_good

    def fit(self, texts):
        self.matrix = self.vectorizer.fit_transform(texts)

    def _pick(self, scores, own):
        """The TOP nearest rows of one row of scores, without the row itself."""
        scores[own] = -1.0
        best = np.argpartition(scores, -TOP)[-TOP:]
        return best[np.lexsort((best, -scores[best]))]

    def _neighbours_bad(self, out):
        similar = (self.matrix @ self.matrix.T).toarray()  # all with all
        for row in range(similar.shape[0]):
            out[row] = self._pick(similar[row], row)

    def _neighbours_good(self, out):
        turned = self.matrix.T.tocsr()
        for low in range(0, self.matrix.shape[0], BLOCK):
            similar = (self.matrix[low:low + BLOCK] @ turned).toarray()
            for i in range(similar.shape[0]):
                out[low + i] = self._pick(similar[i], low + i)

    def neighbours(self):
        out = np.empty((self.matrix.shape[0], TOP), dtype=np.int32)
        self._neighbours(out)
        return out


class SimilarJobs:
    def __init__(self, index):
        self.index = index
        self.table = None

    def rebuild(self, feed):
        self.index.fit(feed.texts())
        self.table = self.index.neighbours()

    def for_posting(self, number):
        return self.table[number].tolist()

    def most_linked(self):
        counts = np.bincount(self.table.ravel(), minlength=len(self.table))
        top = int(counts.argmax())
        return top, int(counts[top])


def main(mode):
    jobs = SimilarJobs(SimilarityIndex(mode))
    jobs.rebuild(PostingFeed(23, POSTINGS))
    print("postings", len(jobs.table), "first", jobs.for_posting(0), "most linked", jobs.most_linked(),
          "check", int(jobs.table.sum() % 1_000_003))
    return jobs


if __name__ == "__main__":
    STATE = main(sys.argv[1] if len(sys.argv) > 1 else "bad")
