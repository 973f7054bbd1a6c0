import numpy as np
import pandas as pd

from harness import case, run

RIDES = 900_000


def rides():
    """The rides of a season, as they come out of the scooters' own clocks."""
    number = np.arange(RIDES, dtype=np.int64)
    started = np.datetime64("2024-04-01", "s") + (number * 7919 % (86_400 * 200)).astype("timedelta64[s]")
    return pd.DataFrame({"started": started, "minutes": (number * 31 % 47).astype(np.int16)})


class SeasonReport:
    """Rides a day, and the days on which the scooters were ridden longest."""

    def __init__(self, frame):
        self.frame = frame
        self.frame["day"] = self.day_of(frame["started"])

    def day_of(self, started):
        return started.dt.date

    def totals(self):
        return self.frame.groupby("day")["minutes"].agg(["count", "sum"])

    def busiest(self, count):
        longest = self.totals().sort_values(["sum", "count"], ascending=False, kind="stable").head(count)
        return [(f"{day:%d %b}", int(total)) for day, total in longest["sum"].items()]


class MidnightSeasonReport(SeasonReport):
    def day_of(self, started):
        return started.dt.normalize()


def present(kind, frame):
    report = kind(frame)
    print(len(report.totals()), "days, longest", report.busiest(3))
    return report


@case("rr 17 scooter rides")
class _:
    def setup():
        _.frame = rides()

    def bad():
        return present(SeasonReport, _.frame)

    def good():
        return present(MidnightSeasonReport, _.frame)


if __name__ == "__main__":
    kept = run()
