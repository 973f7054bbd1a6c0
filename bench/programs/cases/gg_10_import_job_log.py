import contextlib
import io
import logging
import random

from harness import CASES, D, case, fixture, run

log = logging.getLogger("shop.imports")
log.setLevel(logging.INFO)
log.propagate = False


class ImportJob:
    """One uploaded price list; its log lines are shown to the uploader afterwards."""

    def __init__(self, number):
        self.number = number
        self.report = ""

    def rows(self):
        rng = random.Random(self.number)
        for line in range(60):
            yield line, rng.choice(("EUR", "USD", "CHF")), rng.randrange(100, 99_999), rng.randrange(10**9)

    def check(self):
        for line, currency, cents, article in self.rows():
            if cents % 7 == 0:
                log.warning("job %d line %d: price %d %s of article %d looks rounded, taken as it is",
                            self.number, line, cents, currency, article)
            else:
                log.info("job %d line %d: article %d now costs %d.%02d %s",
                         self.number, line, article, cents // 100, cents % 100, currency)

    def run(self):
        raise NotImplementedError


class ImportJobOpen(ImportJob):
    def run(self):
        text = io.StringIO()
        log.addHandler(logging.StreamHandler(text))
        self.check()
        self.report = text.getvalue()
        return self


@contextlib.contextmanager
def captured(logger):
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    logger.addHandler(handler)
    try:
        yield text
    finally:
        logger.removeHandler(handler)
        handler.close()


class ImportJobScoped(ImportJob):
    def run(self):
        with captured(log) as text:
            self.check()
            self.report = text.getvalue()
        return self


class Importer:
    def __init__(self, job_class):
        self.job_class = job_class
        self.reports = {}

    def work(self, numbers):
        for number in numbers:
            self.reports[number] = self.job_class(number).run().report
        return self.reports


@case('10 a handler per job on a shared logger')
class _:
    def bad():
        return Importer(ImportJobOpen).work(range(100))

    def good():
        return Importer(ImportJobScoped).work(range(100))


if __name__ == "__main__":
    kept = run()
