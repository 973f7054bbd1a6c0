"""Clicks of advertising campaigns, read from CSV and kept in memory for the dashboard."""
import random

import numpy as np
import pandas as pd
import pyarrow

from harness import CASES, D, case, fixture, run

TEXT_COLUMNS = ("campaign", "country", "device", "landing_page")


def build_clicks(path):
    rng = random.Random(57)
    campaigns = [f"{season}-{year}-{kind}-newsletter" for season in ("spring", "summer", "autumn", "winter")
                 for year in range(2015, 2025) for kind in ("brand", "generic", "retargeting")]
    countries = ["Germany", "France", "United Kingdom", "Netherlands", "Switzerland", "Czech Republic", "Portugal"]
    devices = ["desktop/windows", "desktop/macos", "mobile/android", "mobile/ios", "tablet/android"]
    pages = [f"https://www.example.com/landing/{n:03d}/offer" for n in range(300)]
    with open(path, "w") as f:
        f.write("click,campaign,country,device,landing_page,cost\n")
        for n in range(500_000):
            f.write(f"{n},{rng.choice(campaigns)},{rng.choice(countries)},{rng.choice(devices)},"
                    f"{rng.choice(pages)},{rng.random():.3f}\n")


class ClickLoader:
    def column_types(self):
        return {"cost": np.float32, **dict.fromkeys(TEXT_COLUMNS, self.text_type())}

    def text_type(self):
        return "str"

    def load(self, path):
        return pd.read_csv(path, dtype=self.column_types(), usecols=[*TEXT_COLUMNS, "cost"])


class EncodedClickLoader(ClickLoader):
    def text_type(self):
        return "category"


class Dashboard:
    def __init__(self, loader):
        self.clicks = loader.load(fixture("g7_clicks.csv", build_clicks))

    def cost_by(self, column):
        return self.clicks.groupby(column, observed=True)["cost"].sum().round(2).to_dict()

    def clicks_in(self, country):
        return int((self.clicks["country"] == country).sum())


def open_dashboard(loader):
    dashboard = Dashboard(loader)
    return dashboard, dashboard.cost_by("device"), dashboard.clicks_in("France")


@case('57 repeated text columns kept as strings')
class _:
    def setup():
        fixture("g7_clicks.csv", build_clicks)

    def bad():
        return open_dashboard(ClickLoader())

    def good():
        return open_dashboard(EncodedClickLoader())


if __name__ == "__main__":
    kept = run()
