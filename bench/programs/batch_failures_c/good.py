"""Run a batch of import jobs and report which of them failed."""
import json
import random
from dataclasses import dataclass

N_JOBS = 120
N_READINGS = 22_000


class ImportRejected(Exception):
    """The payload was read but does not fit its declared totals."""


@dataclass(slots=True)
class Failure:
    job_id: int
    error: str

    def describe(self):
        return f"job {self.job_id}: {self.error}"


def download(job_id):
    """Stands for an object-store GET; returns the JSON body."""
    rng = random.Random(job_id)
    base = rng.randrange(1000)
    readings = [base + n * 1.5 for n in range(N_READINGS)]
    declared = sum(readings)
    if job_id % 2:
        declared += 10
    return json.dumps({"declared": declared, "readings": readings})


def import_job(job_id):
    doc = json.loads(download(job_id))
    total = sum(doc["readings"])
    if abs(total - doc["declared"]) > 1e-6:
        gap = doc["declared"] - total
        raise ImportRejected(f"total off by {gap:.1f}")
    return total


class BatchRunner:
    def __init__(self, job_ids):
        self.job_ids = job_ids
        self.done = 0
        self.volume = 0.0
        self.failures = []

    def run(self):
        for job_id in self.job_ids:
            try:
                self.volume += import_job(job_id)
            except ImportRejected as exc:
                self.failures.append(Failure(job_id, f"{type(exc).__name__}: {exc}"))
            else:
                self.done += 1

    def report(self):
        yield f"done {self.done}, failed {len(self.failures)}, volume {self.volume:.1f}"
        for failure in self.failures[:12]:
            yield failure.describe()


def main():
    runner = BatchRunner(range(N_JOBS))
    runner.run()
    for line in runner.report():
        print(line)


if __name__ == "__main__":
    main()
