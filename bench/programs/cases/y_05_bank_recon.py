"""Bank reconciliation: matches the statement lines of the bank with the postings of the ledger."""
import os
import random
import sys
import tempfile
import pandas as pd

BASE = os.path.join(tempfile.gettempdir(), "memory-cases")
BANK = os.path.join(BASE, "zz-recon-bank.csv")
LEDGER = os.path.join(BASE, "zz-recon-ledger.csv")
TOLERANCE_DAYS = 3
DTYPES = {"account": "int32", "day": "int16", "cents": "int64", "ref": "int32"}


def make_inputs():
    rng = random.Random(5)
    bank, ledger = [], []
    for i in range(24_000):
        account = 4000 + rng.randrange(320)
        day = rng.randrange(365)
        cents = int(rng.lognormvariate(9, 1.4))
        ref = rng.randrange(1, 900_000)
        if rng.random() < 0.96:
            bank.append((i, account, day, cents, ref))
        if rng.random() < 0.97:
            ledger.append((i + 500_000, account, max(0, day - rng.randrange(0, 5)), cents, ref))
    rng.shuffle(ledger)
    for path, idname, rows in ((LEDGER, "posting", ledger), (BANK, "line", bank)):
        with open(path + ".tmp", "w") as fh:
            fh.write(f"{idname},account,day,cents,ref\n")
            fh.writelines(",".join(map(str, r)) + "\n" for r in rows)
        os.rename(path + ".tmp", path)


def load(path, idname):
    return pd.read_csv(path, dtype={**DTYPES, idname: "int32"})


class Matcher:
    """Finds pairs of one statement line and one posting that mean the same payment."""

    def __init__(self, mode):
        self.candidates = self._candidates_bad if mode == "bad" else self._candidates_good

    def _candidates_bad(self, bank, ledger):
        pairs = bank.merge(ledger, on="account", suffixes=("", "_led"))
        same = (pairs["cents"] == pairs["cents_led"]) & (pairs["ref"] == pairs["ref_led"])
        return pairs.loc[same, ["line", "posting", "account", "day", "day_led", "cents"]]

    def _candidates_good(self, bank, ledger):
        pairs = bank.merge(ledger, on=["account", "cents", "ref"], suffixes=("", "_led"))
        return pairs[["line", "posting", "account", "day", "day_led", "cents"]]

    def _within_tolerance(self, pairs):
        gap = (pairs["day"] - pairs["day_led"]).abs()
        return pairs[gap <= TOLERANCE_DAYS]

    def match(self, bank, ledger):
        pairs = self._within_tolerance(self.candidates(bank, ledger))
        pairs = pairs.sort_values(["line", "posting"])
        return pairs.drop_duplicates("line").drop_duplicates("posting")


class Reconciliation:
    def __init__(self, matcher):
        self.matcher = matcher
        self.matched = None
        self.open_lines = 0
        self.open_postings = 0

    def run(self, bank, ledger):
        self.matched = self.matcher.match(bank, ledger)
        self.open_lines = int((~bank["line"].isin(self.matched["line"])).sum())
        self.open_postings = int((~ledger["posting"].isin(self.matched["posting"])).sum())

    def worst_accounts(self, bank):
        left = bank[~bank["line"].isin(self.matched["line"])]
        totals = left.groupby("account")["cents"].sum()
        return totals.nlargest(3).to_dict()


def main(mode):
    if not os.path.exists(BANK):
        os.makedirs(BASE, exist_ok=True)
        pid = os.fork()
        if pid == 0:
            make_inputs()
            os._exit(0)
        os.waitpid(pid, 0)
    bank, ledger = load(BANK, "line"), load(LEDGER, "posting")
    recon = Reconciliation(Matcher(mode))
    recon.run(bank, ledger)
    print("matched", len(recon.matched), "open", recon.open_lines, recon.open_postings,
          "worst", recon.worst_accounts(bank))
    return recon


if __name__ == "__main__":
    STATE = main(sys.argv[1] if len(sys.argv) > 1 else "bad")
