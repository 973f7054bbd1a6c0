import numpy as np
import pandas as pd

from harness import case, run


def passages():
    rng = np.random.default_rng(14)
    seconds = np.sort(rng.integers(0, 25 * 86_400_000, 20_000))
    return pd.Series(1, pd.Timestamp("2025-03-01") + pd.to_timedelta(seconds, "ms"), dtype="int32")


@case("ss 14 door counter")
class _:
    def bad():
        passed = passages().resample("s").sum()
        print(int(passed.max()), int((passed > 0).sum()))
        return passed[passed > 0]

    def good():
        passed = passages()
        passed = passed.groupby(passed.index.floor("s")).sum()
        print(int(passed.max()), len(passed))
        return passed


if __name__ == "__main__":
    kept = run()
