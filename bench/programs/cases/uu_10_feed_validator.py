import csv
import logging
import warnings

from harness import case, run

FEEDS = 60
ROWS_PER_FEED = 1500


class CountingHandler(logging.Handler):
    def __init__(self):
        super().__init__()
        self.seen = 0

    def emit(self, record):
        self.seen += 1


def feed_lines(feed):
    yield "sku,price,stock,title\n"
    for row in range(ROWS_PER_FEED):
        price = "n/a" if row % 2 else f"{row / 10:.2f}"
        title = f"Article {feed}-{row} " + "stainless steel household tool " * 18
        yield f"SKU{feed:03d}{row:05d},{price},{row % 40},{title}\n"


class FeedValidator:
    def __init__(self):
        self.accepted = 0

    def complain(self, feed, record):
        warnings.warn(f"feed {feed}: price of {record!r} is not a number")

    def check(self, feed, lines):
        for record in csv.reader(lines):
            if record[0] == "sku":
                continue
            try:
                float(record[1])
            except ValueError:
                self.complain(feed, record)
            else:
                self.accepted += 1


class LoggedFeedValidator(FeedValidator):
    log = logging.getLogger("feeds")

    def complain(self, feed, record):
        self.log.warning("feed %s: price of %r is not a number", feed, record)


def validate(validator, logger_name):
    handler = CountingHandler()
    logger = logging.getLogger(logger_name)
    logger.addHandler(handler)
    logger.propagate = False
    for feed in range(FEEDS):
        validator.check(feed, feed_lines(feed))
    print("accepted", validator.accepted, "complaints", handler.seen)
    return validator


@case("uu 10 feed validator")
class _:
    def bad():
        logging.captureWarnings(True)
        return validate(FeedValidator(), "py.warnings")

    def good():
        return validate(LoggedFeedValidator(), "feeds")


if __name__ == "__main__":
    kept = run()
