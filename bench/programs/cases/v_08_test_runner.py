"""A small test runner: captures the output of every case, grades it and prints a report at the end."""
import contextlib
import hashlib
import io
import random
import sys
import time
from dataclasses import dataclass

ARM = sys.argv[1]
CASES = 420


@dataclass
class Outcome:
    name: str
    passed: bool
    seconds: float
    errors: int
    output: object


class Case:
    """An integration case that talks a lot, like most of them."""

    WORDS = ("connect", "handshake", "retry", "commit", "rollback", "lease", "replica", "checksum", "offset", "flush")

    def __init__(self, number):
        self.name = "test_replication_%03d" % number
        self.random = random.Random(number)

    def _line(self, step):
        level = "ERROR" if self.random.random() < 0.004 else "DEBUG"
        return "%09.4f %s node-%d %s offset=%d crc=%08x" % (
            step * 0.013, level, self.random.randrange(9), self.random.choice(self.WORDS),
            self.random.randrange(1 << 30), self.random.getrandbits(32))

    def run(self):
        for step in range(self.random.randint(500, 1300)):
            print(self._line(step))
        if self.random.random() < 0.07:
            raise AssertionError("replica of %s lags" % self.name)


class Capture:
    """Redirects stdout of one case and looks through what it wrote."""

    def __init__(self):
        self.buffer = io.StringIO()

    def __enter__(self):
        self.redirect = contextlib.redirect_stdout(self.buffer)
        self.redirect.__enter__()
        return self

    def __exit__(self, *exc):
        self.redirect.__exit__(*exc)

    def count(self, marker):
        self.buffer.seek(0)
        return sum(marker in line for line in self.buffer)


def text_of(output):
    return output if isinstance(output, str) else output.getvalue()


class Runner:
    def __init__(self):
        self.outcomes = []

    def _execute(self, case, capture):
        with capture:
            try:
                case.run()
            except AssertionError as problem:
                print("FAILED", problem)
                return False
        return True

    def _outcome_bad(self, case, passed, seconds, capture):
        return Outcome(case.name, passed, seconds, capture.count(" ERROR "), capture.buffer)

    def _outcome_good(self, case, passed, seconds, capture):
        return Outcome(case.name, passed, seconds, capture.count(" ERROR "), capture.buffer.getvalue())

    _outcome = _outcome_bad if ARM == "bad" else _outcome_good

    def run(self, cases):
        for case in cases:
            capture = Capture()
            begin = time.perf_counter()
            passed = self._execute(case, capture)
            self.outcomes.append(self._outcome(case, passed, time.perf_counter() - begin, capture))


class Report:
    def __init__(self, outcomes):
        self.outcomes = outcomes

    def digest(self):
        total = hashlib.sha256()
        for outcome in self.outcomes:
            total.update(text_of(outcome.output).encode())
        return total.hexdigest()[:12]

    def tail(self, outcome, count=3):
        return text_of(outcome.output).splitlines()[-count:]

    def pages(self):
        for outcome in self.outcomes:
            if not outcome.passed:
                yield outcome.name, self.tail(outcome)

    def summary(self):
        failed = sum(not outcome.passed for outcome in self.outcomes)
        return "cases %d failed %d errors %d output %s" % (
            len(self.outcomes), failed, sum(outcome.errors for outcome in self.outcomes), self.digest())


RUNNER = Runner()
RUNNER.run(Case(number) for number in range(CASES))
REPORT = Report(RUNNER.outcomes)
print(REPORT.summary(), "shown", sum(len(lines) for _, lines in REPORT.pages()))
