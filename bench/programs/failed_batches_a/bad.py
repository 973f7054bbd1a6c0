"""Imports position batches; bad ones are skipped and listed at the end."""
import os
import tempfile
from collections import defaultdict

from batches import BatchError, read_batch, write_batches


class Failure:
    def __init__(self, name, error):
        self.name = name
        self.error = error

    def describe(self):
        return f"{self.name}: {type(self.error).__name__}: {self.error}"


class Importer:
    def __init__(self, folder):
        self.folder = folder
        self.positions = defaultdict(int)
        self.imported = 0
        self.failures = []

    def run(self):
        for name in sorted(os.listdir(self.folder)):
            self.import_one(name)

    def import_one(self, name):
        try:
            rows = read_batch(os.path.join(self.folder, name))
        except (BatchError, OSError) as exc:
            self.failures.append(Failure(name, exc))
            return
        for account, value in rows:
            self.positions[account] += value
        self.imported += 1


def report(importer):
    print("imported", importer.imported, "failed", len(importer.failures))
    for account in sorted(importer.positions)[:4]:
        print("account", account, importer.positions[account])
    for failure in importer.failures[:3]:
        print(failure.describe())


def main():
    with tempfile.TemporaryDirectory() as tmp:
        write_batches(tmp, 50, 40_000)
        importer = Importer(tmp)
        importer.run()
    report(importer)


if __name__ == "__main__":
    main()
