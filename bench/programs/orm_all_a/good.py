"""Nightly report over the benchmark result database."""
import os
import tempfile
from collections import defaultdict

from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from schema import BenchmarkResult, populate


class ResultRepository:
    def __init__(self, session):
        self.session = session

    def successful(self, machine=None):
        query = select(BenchmarkResult).where(BenchmarkResult.failed.is_(False))
        if machine is not None:
            query = query.where(BenchmarkResult.machine == machine)
        query = query.order_by(BenchmarkResult.id)
        return self.session.scalars(query.execution_options(yield_per=500))

    def get(self, result_id):
        return self.session.get(BenchmarkResult, result_id)


class Stats:
    __slots__ = ("count", "total", "best", "best_id")

    def __init__(self):
        self.count = 0
        self.total = 0.0
        self.best = float("inf")
        self.best_id = None

    def add(self, result):
        self.count += 1
        self.total += result.seconds
        if result.seconds < self.best:
            self.best = result.seconds
            self.best_id = result.id

    @property
    def mean(self):
        return self.total / self.count


def commit_of(result):
    return result.tags.split(";", 1)[0].removeprefix("commit=")


def build_report(repository):
    stats = defaultdict(Stats)
    for result in repository.successful():
        stats[result.case].add(result)
    return stats


def print_report(repository, stats, limit):
    ranked = sorted(stats.items(), key=lambda kv: (-kv[1].mean, kv[0]))
    for case, entry in ranked[:limit]:
        best = repository.get(entry.best_id)
        print(f"{case:10s} n={entry.count} mean={entry.mean:.3f} best={entry.best:.2f} {commit_of(best)}")


def main():
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "bench.sqlite")
        populate(path, 45_000)
        engine = create_engine(f"sqlite:///{path}")
        with Session(engine) as session:
            repository = ResultRepository(session)
            stats = build_report(repository)
            print("cases", len(stats), "results", sum(s.count for s in stats.values()))
            print_report(repository, stats, 6)
        engine.dispose()


if __name__ == "__main__":
    main()
