"""Checks company filings on a thread pool and lists those that cannot be read."""
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice

from harness import case, run

FILINGS = 900
LINES = 9_000
WORKERS = 4


class FilingError(Exception):
    pass


class FilingStore:
    def fetch(self, number):
        lines = [f"{number};{n};{n * 7 % 9999};{n % 2}" for n in range(LINES)]
        if number % 2 == 0:
            lines[-1] = "%%EOF"
        return "\n".join(lines)


class FilingCheck:
    def __init__(self, store):
        self.store = store

    def total(self, number):
        document = self.store.fetch(number)
        last = document.rpartition("\n")[2]
        if last.count(";") != 3:
            raise FilingError(f"filing {number}: unexpected end {last!r}")
        return sum(int(line.split(";")[2]) for line in document.split("\n", 50)[:50])


class CheckRun:
    def __init__(self, check):
        self.check = check
        self.total = 0
        self.problems = {}

    def run(self, numbers):
        numbers = iter(numbers)
        with ThreadPoolExecutor(WORKERS) as pool:
            while batch := {pool.submit(self.check.total, n): n for n in islice(numbers, 12)}:
                for future in as_completed(batch):
                    self.collect(batch[future], future)

    def collect(self, number, future):
        problem = future.exception()
        if problem is None:
            self.total += future.result()
        else:
            self.note(number, problem)

    def note(self, number, problem):
        self.problems[number] = problem


class ReportedCheckRun(CheckRun):
    def note(self, number, problem):
        self.problems[number] = str(problem)


def check_filings(run_type):
    checks = run_type(FilingCheck(FilingStore()))
    checks.run(range(FILINGS))
    first = min(checks.problems)
    print(f"{FILINGS} filings, total {checks.total}, {len(checks.problems)} unreadable, "
          f"first: {checks.problems[first]}")
    return checks


@case("ad 21 filing checks")
class _:
    def bad():
        return check_filings(CheckRun)

    def good():
        return check_filings(ReportedCheckRun)


if __name__ == "__main__":
    kept = run()
