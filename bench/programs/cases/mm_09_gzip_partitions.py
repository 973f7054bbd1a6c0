import gzip
import os
import random
import tempfile

from harness import case, run


def batches():
    rng = random.Random(3)
    for part in range(2):
        for tenant in range(260):
            yield tenant, ["%d,%d,%016x\n" % (part, n, rng.getrandbits(64)) for n in range(900)]


class Partitioner:
    def __init__(self, folder):
        self.folder = folder
        self.writers = {}

    def path(self, tenant):
        return os.path.join(self.folder, "tenant-%d.csv.gz" % tenant)

    def write(self, tenant, lines):
        if tenant not in self.writers:
            self.writers[tenant] = gzip.open(self.path(tenant), "at")
        self.writers[tenant].writelines(lines)


class ClosingPartitioner(Partitioner):
    def write(self, tenant, lines):
        with gzip.open(self.path(tenant), "at") as writer:
            writer.writelines(lines)


def split(partitioner_class):
    written = 0
    with tempfile.TemporaryDirectory() as folder:
        partitioner = partitioner_class(folder)
        for tenant, lines in batches():
            partitioner.write(tenant, lines)
            written += len(lines)
        print("lines", written, "files", len(os.listdir(folder)))
    return partitioner


@case("mm 09 gzip partitions")
class _:
    def bad():
        return split(Partitioner)

    def good():
        return split(ClosingPartitioner)


if __name__ == "__main__":
    kept = run()
