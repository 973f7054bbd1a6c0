import contextlib
import gc
import io
import os
import sys

from harness import CASES, D, case, fixture, run


def build_step(job, lines):
    """A step that reports on its standard output."""
    import random
    r = random.Random(74998 + job)
    print(f"job {job} started")
    for i in range(lines):
        print(f"{i:06d} {r.randbytes(40).hex()}")
    print("done")


class JobResult:
    def __init__(self, job, output):
        self.job = job
        self.output = output
        self.headline = self.first_line()

    def first_line(self):
        self.output.seek(0)
        return self.output.readline().strip()

    def text(self):
        return self.output.getvalue()


class TextResult(JobResult):
    def __init__(self, job, output):
        self.job = job
        self.output = output.getvalue()
        self.headline = self.first_line()

    def first_line(self):
        return self.output[:self.output.index("\n")]

    def text(self):
        return self.output


history = []


def run_job(job, result):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        build_step(job, 2500)
    history.append(result(job, out))


@case('51 StringIO keeps four bytes a character')
class _:
    def setup(): import random
    def bad():
        for job in range(80):
            run_job(job, JobResult)
        return sum(len(r.headline) for r in history)
    def good():
        for job in range(80):
            run_job(job, TextResult)
        return sum(len(r.headline) for r in history)


if __name__ == "__main__":
    kept = run()
