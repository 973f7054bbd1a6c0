"""Entity resolution: candidate pairs between a CRM and a list of leads."""
import sys

import numpy as np
import pandas as pd

ARM = sys.argv[1] if len(sys.argv) > 1 else "good"
CRM_ROWS, LEAD_ROWS = 24_000, 15_000
SYLLABLES = ["ka", "lo", "mi", "ren", "sto", "ber", "an", "ti", "vor", "el", "dun", "ha"]


def random_names(rng, n):
    picks = rng.integers(0, len(SYLLABLES), (n, 5), dtype=np.int8)
    return ["".join(SYLLABLES[j] for j in row[:3]).title() + " "
            + "".join(SYLLABLES[j] for j in row[3:]).title() for row in picks]


def typo(rng, name):
    spot = int(rng.integers(1, len(name) - 1))
    return name[:spot] + name[spot + 1:]


def make_crm(rng):
    phones = rng.choice(9_000_000, CRM_ROWS, replace=False) + 1_000_000.0
    phones[rng.random(CRM_ROWS) < 0.07] = np.nan
    return pd.DataFrame({
        "crm_id": np.arange(CRM_ROWS, dtype=np.int32),
        "name": random_names(rng, CRM_ROWS),
        "phone": phones,
    })


def make_leads(rng, crm):
    source = rng.integers(0, CRM_ROWS, LEAD_ROWS)
    names = [typo(rng, n) if rng.random() < 0.4 else n for n in crm["name"].iloc[source]]
    phones = crm["phone"].to_numpy()[source]
    wrong = rng.random(LEAD_ROWS) < 0.1
    phones[wrong] = rng.integers(1_000_000, 10_000_000, int(wrong.sum()))
    return pd.DataFrame({
        "lead_id": np.arange(LEAD_ROWS, dtype=np.int32),
        "name": names,
        "phone": phones,
    })


class PhoneBlocking:
    """Pairs of records that share a telephone number."""

    key = "phone"

    def pairs_bad(self, left, right):
        return left.merge(right, on=self.key, suffixes=("_crm", "_lead"))

    def pairs_good(self, left, right):
        left = left.dropna(subset=[self.key])
        right = right.dropna(subset=[self.key])
        return left.merge(right, on=self.key, suffixes=("_crm", "_lead"))

    def pairs(self, left, right):
        return self.pairs_bad(left, right) if ARM == "bad" else self.pairs_good(left, right)


def bigrams(name):
    text = name.lower()
    return {text[i:i + 2] for i in range(len(text) - 1)}


def similarity(a, b):
    x, y = bigrams(a), bigrams(b)
    return len(x & y) / max(1, len(x | y))


class Resolver:
    def __init__(self, blocking, threshold):
        self.blocking = blocking
        self.threshold = threshold
        self.links = {}

    def candidates(self, crm, leads):
        found = self.blocking.pairs(crm, leads)
        return found[found[self.blocking.key].notna()]

    def run(self, crm, leads):
        compared = 0
        frame = self.candidates(crm, leads)
        for row in frame.itertuples(index=False):
            compared += 1
            score = similarity(row.name_crm, row.name_lead)
            best = self.links.get(row.lead_id)
            if score >= self.threshold and (best is None or score > best[1]):
                self.links[row.lead_id] = (row.crm_id, score)
        return compared


def main():
    rng = np.random.default_rng(29)
    crm = make_crm(rng)
    leads = make_leads(rng, crm)
    resolver = Resolver(PhoneBlocking(), threshold=0.6)
    compared = resolver.run(crm, leads)
    mean = sum(score for _, score in resolver.links.values()) / len(resolver.links)
    print(f"compared={compared} linked={len(resolver.links)} mean_score={mean:.4f}")
    return crm, leads, resolver.links


CRM, LEADS, LINKS = main()
