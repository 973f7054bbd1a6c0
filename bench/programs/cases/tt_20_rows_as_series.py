import numpy as np
import pandas as pd
from harness import case, run


def payments():
    rng = np.random.default_rng(20)
    n = 40_000
    return pd.DataFrame({
        "account": rng.integers(0, 5000, n, dtype=np.int32),
        "amount": rng.integers(1, 900, n, dtype=np.int32),
        "score": rng.random(n, dtype=np.float32),
        "late": rng.random(n) < 0.2,
    })


@case("tt 20 rows as series")
class _:
    def bad():
        frame = payments()
        flagged = [row for _, row in frame.iterrows() if row["score"] > 0.4]
        print(len(flagged), sum(int(row["amount"]) for row in flagged))
        return flagged

    def good():
        frame = payments()
        flagged = frame[frame["score"] > 0.4]
        print(len(flagged), int(flagged["amount"].sum()))
        return flagged


if __name__ == "__main__":
    kept = run()
