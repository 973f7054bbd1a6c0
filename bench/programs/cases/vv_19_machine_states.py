import numpy as np
import pandas as pd

from harness import case, run

STATES = ["idle", "warm-up", "run", "slow run", "fault"]


def state_log():
    rng = np.random.default_rng(23)
    seconds = np.cumsum(rng.integers(20, 2400, 3500))
    when = pd.Timestamp("2024-01-01") + pd.to_timedelta(seconds, unit="s")
    state = rng.choice(len(STATES), len(seconds), p=[0.3, 0.1, 0.4, 0.15, 0.05])
    return pd.Series(state.astype(np.int8), index=when)


def report(seconds):
    total = int(seconds.sum())
    for code, name in enumerate(STATES):
        print(f"{name:9s} {int(seconds[code]):9d} s {seconds[code] / total:7.2%}")


@case("vv 19 time in each machine state")
class _:
    def bad():
        log = state_log()
        every_second = log.resample("1s").ffill()
        seconds = every_second.value_counts()
        report(seconds)
        return seconds

    def good():
        log = state_log()
        until = log.index[1:].append(log.index[-1:] + pd.Timedelta("1s"))
        lasted = (until - log.index).total_seconds()
        seconds = pd.Series(lasted, index=log.index).groupby(log.to_numpy()).sum()
        report(seconds)
        return seconds


if __name__ == "__main__":
    kept = run()
