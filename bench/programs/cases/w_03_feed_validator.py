"""Validates partner product feeds (JSON lines) and keeps a report for the dashboard."""
import json
import os
import random
import sys
import tempfile
from collections import Counter

from pydantic import BaseModel, ConfigDict, Field, ValidationError

BASE = os.path.join(tempfile.gettempdir(), "memory-cases")
WORDS = ("oak steel matt linen vintage compact outdoor folding wireless ceramic kids "
         "premium slim waterproof cotton brass garden kitchen travel hybrid").split()


class Dimension(BaseModel):
    name: str
    value: float = Field(gt=0)
    unit: str


class Offer(BaseModel):
    seller: str
    price: float = Field(ge=0)
    stock: int
    note: str


class Product(BaseModel):
    model_config = ConfigDict(extra="forbid")
    sku: str
    title: str
    currency: str
    dimensions: list[Dimension]
    offers: list[Offer]
    reviews: list[str]


def fake_product(rng, n):
    text = lambda k: " ".join(rng.choices(WORDS, k=k)) + f" {rng.randrange(10**6)}"
    doc = {"sku": f"SKU-{n:06d}-{rng.getrandbits(24):x}", "title": text(5), "currency": rng.choice(("EUR", "USD", "CHF")),
           "dimensions": [{"name": text(1), "value": rng.uniform(1, 90), "unit": "cm"} for _ in range(rng.randrange(5, 15))],
           "offers": [{"seller": text(2), "price": round(rng.uniform(3, 900), 2), "stock": rng.randrange(40),
                       "note": text(4)} for _ in range(rng.randrange(60, 150))],
           "reviews": [text(rng.randrange(8, 30)) for _ in range(rng.randrange(40, 120))]}
    fate = rng.random()
    if fate < 0.40:
        del doc["currency"]
    elif fate < 0.45:
        doc["offers"][0]["stock"] = "some"
    elif fate < 0.48:
        doc["dimensions"][0]["value"] = -1.0
    return doc


def build_feed(path):
    rng = random.Random(5)
    with open(path, "w") as out:
        for n in range(2600):
            out.write(json.dumps(fake_product(rng, n)) + "\n")


def prepared(name, build):
    path = os.path.join(BASE, name)
    if not os.path.exists(path):
        pid = os.fork()
        if pid == 0:
            try:
                os.makedirs(BASE, exist_ok=True)
                build(path + ".part")
                os.rename(path + ".part", path)
            finally:
                os._exit(0)
        os.waitpid(pid, 0)
    return path


def problems_bad(error):
    return error.errors(include_url=False)


def problems_good(error):
    return error.errors(include_url=False, include_input=False)


class Report:
    def __init__(self):
        self.findings = {}
        self.valid = 0
        self.offer_total = 0.0

    def passed(self, product):
        self.valid += 1
        self.offer_total += min(o.price for o in product.offers)

    def failed(self, line_no, problems):
        for problem in problems:
            problem["type"], problem["msg"] = sys.intern(problem["type"]), sys.intern(problem["msg"])
        self.findings[line_no] = problems

    def summary(self):
        kinds = Counter()
        for problems in self.findings.values():
            for p in problems:
                kinds[".".join(str(x) for x in p["loc"] if not isinstance(x, int)), p["type"]] += 1
        return sorted(kinds.items())


class FeedChecker:
    def __init__(self, extract):
        self.extract = extract
        self.report = Report()

    def check(self, line_no, doc):
        try:
            self.report.passed(Product.model_validate(doc))
        except ValidationError as error:
            self.report.failed(line_no, self.extract(error))

    def run(self, path):
        with open(path) as feed:
            for line_no, line in enumerate(feed, 1):
                self.check(line_no, json.loads(line))
        return self.report


def main(arm):
    path = prepared("xx-feed.jsonl", build_feed)
    checker = FeedChecker(problems_bad if arm == "bad" else problems_good)
    report = checker.run(path)
    print(f"valid={report.valid} total={report.offer_total:.2f} failed={len(report.findings)} {report.summary()}")
    return checker


if __name__ == "__main__":
    CHECKER = main(sys.argv[1])
