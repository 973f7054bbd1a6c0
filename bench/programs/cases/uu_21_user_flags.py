import numpy as np
import pandas as pd

from harness import case, run

USERS = 900_000
FLAGS = [f"flag_{n:02d}" for n in range(12)]


def all_users():
    return pd.DataFrame({"user_id": np.arange(USERS, dtype="int32") * 3})


def exported_flags():
    """Flags of the users who ever changed one, as the settings service exports them."""
    rng = np.random.default_rng(21)
    ids = np.flatnonzero(rng.random(USERS) < 0.6).astype("int32") * 3
    columns = {name: rng.integers(0, 3, len(ids), dtype="uint8") for name in FLAGS}
    return pd.DataFrame({"user_id": ids, **columns})


class Segments:
    """One row per user with all flags, kept by the campaign service to count audiences."""

    def __init__(self, table):
        self.table = table

    def audience(self, flag, value):
        return int((self.table[flag] == value).sum())

    def report(self):
        for flag in FLAGS[::4]:
            print(flag, [self.audience(flag, value) for value in (0, 1, 2)])
        print("users", len(self.table))


def build_table(users, flags):
    table = users.merge(flags, on="user_id", how="left")
    for name in FLAGS:
        table[name] = table[name].fillna(0)
    return table


def place_flags(users, flags):
    ids = users["user_id"].to_numpy()
    rows = np.searchsorted(ids, flags["user_id"].to_numpy())
    columns = {"user_id": ids}
    for name in FLAGS:
        columns[name] = np.zeros(len(ids), dtype="uint8")
        columns[name][rows] = flags.pop(name).to_numpy()
    return pd.DataFrame(columns, copy=False)


@case("uu 21 user flags")
class _:
    def bad():
        segments = Segments(build_table(all_users(), exported_flags()))
        segments.report()
        return segments

    def good():
        segments = Segments(place_flags(all_users(), exported_flags()))
        segments.report()
        return segments


if __name__ == "__main__":
    kept = run()
