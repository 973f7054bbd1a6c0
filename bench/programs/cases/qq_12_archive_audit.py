import os
import zipfile
from contextlib import ExitStack

from harness import D, case, fixture, run

DELIVERIES = 36
PAGES = 2_200


def build(mark):
    for number in range(DELIVERIES):
        with zipfile.ZipFile(os.path.join(D, f"qq_delivery_{number:02d}.zip"), "w") as archive:
            for page in range(PAGES):
                archive.writestr(f"scans/box-{page // 100:02d}/page-{number:02d}-{page:05d}.txt", f"{page * number}")
            archive.writestr("manifest.txt", f"pages={PAGES}\nbatch={number}\n")
    open(mark, "w").close()


class ArchiveAudit:
    """Compares the manifest of each delivery with what came in it."""

    def __init__(self):
        self.resources = ExitStack()
        self.complete = 0
        self.stored = 0

    def inspect(self, path):
        archive = self.resources.enter_context(zipfile.ZipFile(path))
        self.compare(archive)

    def compare(self, archive):
        manifest = dict(line.split("=") for line in archive.read("manifest.txt").decode().splitlines())
        scans = sum(name.startswith("scans/") for name in archive.namelist())
        self.complete += scans == int(manifest["pages"])
        self.stored += sum(member.file_size for member in archive.infolist())

    def close(self):
        self.resources.close()


class PromptArchiveAudit(ArchiveAudit):
    def inspect(self, path):
        with zipfile.ZipFile(path) as archive:
            self.compare(archive)


def audit_all(kind):
    audit = kind()
    for number in range(DELIVERIES):
        audit.inspect(os.path.join(D, f"qq_delivery_{number:02d}.zip"))
    print("complete", audit.complete, "of", DELIVERIES, "bytes", audit.stored)
    return audit


@case("qq 12 archive audit")
class _:
    def setup():
        fixture("qq_deliveries.made", build)

    def bad():
        return audit_all(ArchiveAudit)

    def good():
        return audit_all(PromptArchiveAudit)


if __name__ == "__main__":
    kept = run()
