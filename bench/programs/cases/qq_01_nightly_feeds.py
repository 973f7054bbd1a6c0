import io
import logging

from harness import case, run

log = logging.getLogger("feeds")
log.setLevel(logging.INFO)
log.propagate = False

SUPPLIERS = ("Aldous Paper", "Bergmann Tools", "Corvo Tiles", "Delft Glass", "Elmet Timber")


class FeedRun:
    """One import of a supplier's price feed; its log goes with the report mail."""

    layout = logging.Formatter("%(levelname)-7s %(message)s")

    def __init__(self, number):
        self.number = number
        self.supplier = SUPPLIERS[number % len(SUPPLIERS)]
        self.journal = io.StringIO()

    def check(self, article):
        cents = (article * 7919 + self.number * 104729) % 90_000
        if cents < 450:
            log.warning("%s article %06d: price %d below the floor, kept", self.supplier, article, cents)
        else:
            log.info("%s article %06d: price set to %d cents from the feed", self.supplier, article, cents)

    def execute(self, articles):
        handler = logging.StreamHandler(self.journal)
        handler.setFormatter(self.layout)
        log.addHandler(handler)
        for article in range(articles):
            self.check(article)
        return self.report()

    def report(self):
        text = self.journal.getvalue()
        return text.count("\n"), text.count("WARNING")


class TidyFeedRun(FeedRun):
    def execute(self, articles):
        handler = logging.StreamHandler(self.journal)
        handler.setFormatter(self.layout)
        log.addHandler(handler)
        try:
            for article in range(articles):
                self.check(article)
        finally:
            log.removeHandler(handler)
        return self.report()


def night(kind, runs=80, articles=160):
    lines = warnings = 0
    for number in range(runs):
        sent, marked = kind(number).execute(articles)
        lines += sent
        warnings += marked
    print(runs, "feeds,", lines, "lines mailed,", warnings, "warnings")


@case("qq 01 nightly feeds")
class _:
    def bad():
        return night(FeedRun)

    def good():
        return night(TidyFeedRun)


if __name__ == "__main__":
    kept = run()
