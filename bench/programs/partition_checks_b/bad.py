"""Nightly validation of data partitions; goes on after a failure and reports at the end."""
import numpy as np

N_PARTITIONS = 40
ROWS, COLS = 40_000, 16


class CheckFailed(Exception):
    pass


def load_partition(k):
    rng = np.random.default_rng(500 + k)
    data = rng.random((ROWS, COLS))
    if k % 3 == 1:
        data[k * 11, 3] = np.nan
    if k % 5 == 2:
        data[:, 7] *= 3.0
    return data


def check_missing(data):
    bad = np.isnan(data).sum(axis=0)
    if bad.any():
        column = int(bad.argmax())
        raise CheckFailed(f"column {column}: {int(bad[column])} missing")


def check_range(data, limit=1.0):
    high = data.max(axis=0)
    if (high > limit).any():
        column = int(high.argmax())
        raise CheckFailed(f"column {column}: maximum {high[column]:.3f} above {limit}")


def check_mean(data):
    drift = np.abs(data.mean(axis=0) - 0.5).max()
    if drift > 0.05:
        raise CheckFailed(f"mean drifts by {drift:.3f}")


def validate(k):
    data = load_partition(k)
    for check in (check_missing, check_range, check_mean):
        check(data)
    return float(data.mean())


def run_all(n):
    passed, failed = {}, []
    for k in range(n):
        try:
            passed[k] = validate(k)
        except CheckFailed as exc:
            failed.append((k, exc))
    return passed, failed


def report(passed, failed):
    print("passed", len(passed), "failed", len(failed))
    print("mean of means %.6f" % (sum(passed.values()) / len(passed)))
    for k, exc in failed:
        print(f"partition {k}: {type(exc).__name__}: {exc}")


def main():
    passed, failed = run_all(N_PARTITIONS)
    report(passed, failed)


if __name__ == "__main__":
    main()
