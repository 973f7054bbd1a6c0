"""Usage billing: rolls the metered events of a month up to tenant, feature and region."""
import sys

import numpy as np
import pandas as pd

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
KEYS = ["tenant", "feature", "region"]


class Catalog:
    """The dimensions of the billing system."""

    def __init__(self, rng):
        self.tenants = [f"acct-{n:05d}" for n in sorted(rng.choice(90_000, 2400, replace=False))]
        self.features = [f"{group}.{name}" for group in ("api", "store", "mail", "search", "ml")
                         for name in ("read", "write", "list", "export", "batch", "admin", "audit")]
        self.regions = [f"{area}-{n}" for area in ("eu", "us", "ap", "sa") for n in range(1, 5)]
        self.rates = pd.Series(rng.integers(1, 60, len(self.features)) / 1000.0, index=self.features)


class MeterSource:
    """Gives the month in daily frames, as the metering service exports them."""

    def __init__(self, rng, catalog, days, rows):
        self.rng, self.catalog = rng, catalog
        self.days, self.rows = days, rows
        self.homes = rng.integers(0, len(catalog.regions), len(catalog.tenants))
        self.plans = [rng.choice(len(catalog.features), 6, replace=False) for _ in catalog.tenants]

    def column(self, codes, names):
        return pd.Categorical.from_codes(codes, categories=names)

    def day(self):
        rng, catalog = self.rng, self.catalog
        tenant = (rng.beta(0.8, 3, self.rows) * len(catalog.tenants)).astype(np.int16)
        slot = rng.integers(0, 6, self.rows)
        feature = np.array([self.plans[t][s] for t, s in zip(tenant, slot)], dtype=np.int8)
        region = np.where(rng.random(self.rows) < 0.9, self.homes[tenant], rng.integers(0, 16, self.rows))
        return pd.DataFrame({
            "tenant": self.column(tenant, catalog.tenants),
            "feature": self.column(feature, catalog.features),
            "region": self.column(region.astype(np.int8), catalog.regions),
            "units": rng.poisson(40, self.rows).astype(np.int32) + 1,
        })

    def frames(self):
        for _ in range(self.days):
            yield self.day()


class Rollup:
    def __init__(self, catalog):
        self.catalog = catalog
        self.total = None

    def condense_bad(self, frame):
        grouped = frame.groupby(KEYS, observed=False)["units"].sum()
        return grouped[grouped > 0]

    def condense_good(self, frame):
        grouped = frame.groupby(KEYS, observed=True)["units"].sum()
        return grouped[grouped > 0]

    def condense(self, frame):
        return self.condense_bad(frame) if ARM == "bad" else self.condense_good(frame)

    def add(self, frame):
        units = self.condense(frame).reset_index()
        for key in KEYS:
            units[key] = units[key].cat.codes
        units = units.set_index(KEYS)["units"]
        self.total = units if self.total is None else self.total.add(units, fill_value=0)

    def invoice_lines(self):
        lines = self.total.reset_index(name="units")
        lines["amount"] = lines["units"] * self.catalog.rates.to_numpy()[lines["feature"].to_numpy()]
        return lines


def report(lines, catalog):
    per_tenant = lines.groupby("tenant")["amount"].sum().sort_values(ascending=False)
    leaders = ", ".join(f"{catalog.tenants[code]}={amount:.2f}" for code, amount in per_tenant.head(3).items())
    return (f"lines={len(lines)} units={int(lines['units'].sum())} "
            f"amount={lines['amount'].sum():.2f} tenants={len(per_tenant)} {leaders}")


def main():
    rng = np.random.default_rng(808)
    catalog = Catalog(rng)
    rollup = Rollup(catalog)
    for frame in MeterSource(rng, catalog, 12, 4000).frames():
        rollup.add(frame)
    print(report(rollup.invoice_lines(), catalog))
    return rollup


if __name__ == "__main__":
    SERVER = main()
