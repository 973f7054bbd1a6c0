"""A worker that imports documents; what failed is listed at the end of the shift for the operators."""
import hashlib
import json
from dataclasses import dataclass

from harness import case, run


class SchemaError(ValueError):
    pass


@dataclass
class Job:
    id: int
    tenant: str


def download(job):
    head = json.dumps({"job": job.id, "tenant": job.tenant, "version": 1 + job.id % 3}).encode()
    return head + b"\n" + bytes([65 + job.id % 26]) * 600_000


def validate(header):
    if header["version"] == 3:
        raise SchemaError(f"job {header['job']}: version 3 is not supported")


def import_document(job):
    body = download(job)
    header = json.loads(body[:body.index(b"\n")])
    validate(header)
    return hashlib.sha1(body).hexdigest()


class Worker:
    def __init__(self):
        self.done = {}
        self.failed = {}

    def report(self):
        reasons = sorted(str(reason) for reason in self.failed.values())
        digest = hashlib.sha1("".join(self.done[k] for k in sorted(self.done)).encode()).hexdigest()
        print(f"{len(self.done)} imported ({digest[:12]}), {len(reasons)} failed, first: {reasons[0]}")


def shift(worker, jobs):
    for job in jobs:
        try:
            worker.done[job.id] = import_document(job)
        except SchemaError as exc:
            worker.failed[job.id] = exc
    worker.report()
    return worker


def night_shift(worker, jobs):
    for job in jobs:
        try:
            worker.done[job.id] = import_document(job)
        except SchemaError as exc:
            worker.failed[job.id] = str(exc)
    worker.report()
    return worker


def backlog():
    return [Job(n, f"tenant-{n % 9}") for n in range(700)]


@case("ab 03 import jobs")
class _:
    def bad():
        return shift(Worker(), backlog())

    def good():
        return night_shift(Worker(), backlog())


if __name__ == "__main__":
    kept = run()
