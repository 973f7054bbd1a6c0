"""A cache of help-centre articles; each shows a badge for its state."""
import json
import random
from dataclasses import dataclass
from enum import Enum

from harness import CASES, D, case, fixture, run


def build_articles(path):
    rng = random.Random(65)
    words = ["".join(rng.choices("abcdefghijklmnoprstuvw", k=rng.randrange(2, 10))) for _ in range(3000)]
    with open(path, "w") as f:
        for n in range(420):
            text = " ".join(rng.choices(words, k=rng.randrange(6_000, 12_000)))
            f.write(json.dumps({"id": n, "state": rng.choice(["new", "checked", "old"]), "text": text}) + "\n")


class State(Enum):
    NEW = "new"
    CHECKED = "checked"
    OLD = "old"

    @property
    def badge(self):
        return {"new": "\N{SPARKLES}", "checked": "\N{WHITE HEAVY CHECK MARK}",
                "old": "\N{CARD FILE BOX}\N{VARIATION SELECTOR-16}"}[self.value] + "\U0001F4C4"


@dataclass(slots=True)
class Article:
    id: int
    state: State
    body: str

    @classmethod
    def make(cls, raw):
        state = State(raw["state"])
        return cls(raw["id"], state, f"{state.badge} {raw['text']}")

    def page(self):
        return self.body

    def preview(self, length=80):
        return self.page()[:length]


@dataclass(slots=True)
class PlainArticle(Article):
    @classmethod
    def make(cls, raw):
        return cls(raw["id"], State(raw["state"]), raw["text"])

    def page(self):
        return f"{self.state.badge} {self.body}"

    def preview(self, length=80):
        return f"{self.state.badge} {self.body[:length]}"[:length]


class HelpCentre:
    def __init__(self, article_class):
        self.article_class = article_class
        self.articles = {}

    def load(self, path):
        with open(path) as lines:
            for line in lines:
                article = self.article_class.make(json.loads(line))
                self.articles[article.id] = article
        return self

    def front_page(self):
        return [self.articles[n].preview() for n in sorted(self.articles)[:20]]


def open_centre(article_class):
    centre = HelpCentre(article_class).load(fixture("g7_articles.jsonl", build_articles))
    return centre, centre.front_page(), len(centre.articles[7].page())


@case('65 a badge in front of each article body')
class _:
    def setup():
        fixture("g7_articles.jsonl", build_articles)

    def bad():
        return open_centre(Article)

    def good():
        return open_centre(PlainArticle)


if __name__ == "__main__":
    kept = run()
