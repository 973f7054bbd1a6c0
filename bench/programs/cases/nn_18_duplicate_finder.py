import collections
import posixpath
import time
from pathlib import PurePosixPath

from harness import case, fixture, run


def build(path):
    with open(path, "w") as f:
        for n in range(240_000):
            f.write("/srv/media/library/%d/album-%d/track-%06d.%s\t%d\n" % (
                n % 300, n % 4000, n, ("mp3", "flac", "jpg")[n % 3], n % 150_000))


class FileIndex:
    def __init__(self):
        self.by_size = collections.defaultdict(list)

    def scan(self, listing):
        with open(listing) as f:
            for line in f:
                name, size = line.rstrip("\n").split("\t")
                self.by_size[int(size)].append(self.make(name))

    def make(self, name):
        return PurePosixPath(name)

    def suffix(self, path):
        return path.suffix

    def candidates(self):
        return [paths for paths in self.by_size.values()
                if len(paths) > 1 and len({self.suffix(path) for path in paths}) == 1]


class StringFileIndex(FileIndex):
    def make(self, name):
        return name

    def suffix(self, path):
        return posixpath.splitext(path)[1]


def find(index):
    index.scan(fixture("nn_18_listing.txt", build))
    groups = index.candidates()
    time.sleep(0.2)
    print("groups", len(groups), "files", sum(map(len, groups)))
    return index


@case("nn 18 duplicate finder")
class _:
    def bad():
        return find(FileIndex())

    def good():
        return find(StringFileIndex())


if __name__ == "__main__":
    kept = run()
