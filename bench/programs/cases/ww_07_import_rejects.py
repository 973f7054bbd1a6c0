"""Imports article records; what does not validate goes to a reject list for the editors."""
import json
import random

from pydantic import BaseModel, ValidationError

from harness import case, run


class Article(BaseModel):
    slug: str
    author: str
    words: int
    body: str
    section: str


def feed(count=500, seed=2):
    rng = random.Random(seed)
    for n in range(count):
        record = {
            "slug": f"article-{n}",
            "author": f"author {n % 17}",
            "words": 60_000 + n,
            "body": rng.randbytes(512).hex() * 300,
            "section": "news",
        }
        if n % 2:
            del record["section"]
        yield json.dumps(record)


class Importer:
    def __init__(self):
        self.words = 0
        self.rejects = []

    def details(self, exc):
        return exc.errors()

    def take(self, line):
        record = json.loads(line)
        try:
            article = Article.model_validate(record)
        except ValidationError as exc:
            self.rejects.append({"slug": record["slug"], "why": self.details(exc)})
            return
        self.words += article.words

    def report(self):
        places = sum(len(reject["why"]) for reject in self.rejects)
        return self.words, len(self.rejects), places


class TerseImporter(Importer):
    def details(self, exc):
        return exc.errors(include_input=False)


def load(importer):
    for line in feed():
        importer.take(line)
    print(*importer.report())
    return importer


@case("ww 07 import rejects")
class _:
    def bad():
        return load(Importer())

    def good():
        return load(TerseImporter())


if __name__ == "__main__":
    kept = run()
