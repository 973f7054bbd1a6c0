import numpy as np
from scipy import sparse

from harness import case, run

USERS, ITEMS, CLICKS, WEEKS = 40_000, 20_000, 200_000, 42


def catalogue():
    return np.cumsum(np.random.default_rng(1).integers(1, 90, ITEMS))


def clicks_of(week, articles):
    rng = np.random.default_rng(100 + week)
    user = rng.integers(0, USERS, CLICKS)
    article = articles[(ITEMS * rng.random(CLICKS) ** 2).astype(np.intp)]
    return user, np.searchsorted(articles, article)


def popular(weeks):
    total = np.zeros(ITEMS, dtype=np.int64)
    for matrix in weeks:
        total += np.bincount(matrix.indices, minlength=ITEMS)
    best = np.argsort(-total, kind="stable")[:5]
    print("most clicked", best.tolist(), total[best].tolist())
    print("stored", sum(m.nnz for m in weeks))


@case("vv 07 click matrices per week")
class _:
    def bad():
        articles = catalogue()
        weeks = []
        for week in range(WEEKS):
            user, item = clicks_of(week, articles)
            clicked = np.ones(CLICKS, dtype=np.int8)
            weeks.append(sparse.csr_array((clicked, (user, item)), shape=(USERS, ITEMS)))
        popular(weeks)
        return weeks

    def good():
        articles = catalogue()
        weeks = []
        for week in range(WEEKS):
            user, item = clicks_of(week, articles)
            clicked = np.ones(CLICKS, dtype=np.int8)
            place = user.astype(np.int32), item.astype(np.int32)
            weeks.append(sparse.csr_array((clicked, place), shape=(USERS, ITEMS)))
        popular(weeks)
        return weeks


if __name__ == "__main__":
    kept = run()
