"""Feature pipeline for meter readings with a step log."""
import numpy as np
import pandas as pd

N_ROWS = 260_000
N_METERS = 400


def readings(seed=21):
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "meter": np.arange(N_ROWS, dtype=np.int32) % N_METERS,
            "hour": (np.arange(N_ROWS) // N_METERS % 24).astype(np.int8),
            "kwh": rng.gamma(2.0, 1.5, N_ROWS),
            "volt": rng.normal(230, 4, N_ROWS),
            "temp": rng.normal(11, 6, N_ROWS),
        }
    )


def drop_glitches(df):
    return df[df["volt"].between(215, 245)]


def add_heating(df):
    return df.assign(heating=(15.0 - df["temp"]).clip(lower=0))


def add_peak(df):
    return df.assign(peak=df["hour"].between(17, 20))


def add_relative(df):
    mean = df.groupby("meter")["kwh"].transform("mean")
    return df.assign(relative=df["kwh"] / mean)


def keep_active(df):
    return df[df["relative"] > 0.05]


class Pipeline:
    def __init__(self, *steps):
        self.steps = steps
        self.log = []

    def run(self, df):
        self._note("input", df)
        for step in self.steps:
            df = step(df)
            self._note(step.__name__, df)
        return df

    def _note(self, name, df):
        self.log.append((name, df.copy()))

    def describe(self):
        for name, frame in self.log:
            rows, columns = frame.shape
            yield f"{name:14s} {rows:8d} x {columns}"


def main():
    pipeline = Pipeline(drop_glitches, add_heating, add_peak, add_relative, keep_active)
    features = pipeline.run(readings())
    for line in pipeline.describe():
        print(line)
    table = features.groupby("peak")[["kwh", "heating", "relative"]].mean()
    for peak, row in table.iterrows():
        print(peak, " ".join(f"{value:.4f}" for value in row))


if __name__ == "__main__":
    main()
