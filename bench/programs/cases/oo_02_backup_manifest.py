import tarfile
from collections import Counter

from harness import case, fixture, run

FILES = 90_000


def build(path):
    with tarfile.open(path, "w:gz", compresslevel=1) as archive:
        for number in range(FILES):
            host = number % 12
            name = f"host-{host:02d}/var/spool/reports/{number:07d}.json"
            info = tarfile.TarInfo(f"snapshot.1/{name}")
            info.type = tarfile.LNKTYPE if number % 4 else tarfile.DIRTYPE
            info.linkname = f"snapshot.0/{name}" if number % 4 else ""
            info.mtime = 1_700_000_000 + number
            archive.addfile(info)
            archive.members = []


class Manifest:
    def __init__(self):
        self.entries = Counter()
        self.unchanged = Counter()
        self.newest = 0

    def add(self, member):
        host = member.name.split("/", 2)[1]
        self.entries[host] += 1
        if member.islnk():
            self.unchanged[host] += 1
        self.newest = max(self.newest, member.mtime)


def scan_backup(path):
    manifest = Manifest()
    with tarfile.open(path, "r|gz") as archive:
        for member in archive:
            manifest.add(member)
    return manifest


def scan_backup_streaming(path):
    manifest = Manifest()
    with tarfile.open(path, "r|gz") as archive:
        for member in archive:
            manifest.add(member)
            archive.members = []
    return manifest


def report(manifest):
    total, unchanged = manifest.entries.total(), manifest.unchanged.total()
    print("hosts", len(manifest.entries), "entries", total, "unchanged", unchanged)
    print("newest", int(manifest.newest))
    return manifest


@case("oo 02 backup manifest")
class _:
    def setup():
        _.path = fixture("oo_reports_backup.tar.gz", build)

    def bad():
        return report(scan_backup(_.path))

    def good():
        return report(scan_backup_streaming(_.path))


if __name__ == "__main__":
    kept = run()
