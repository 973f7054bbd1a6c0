"""Find duplicate files from the index that a disk scanner wrote."""
import os
import tempfile
from collections import defaultdict
from pathlib import Path

N_FILES = 170_000
SUFFIXES = (".jpg", ".JPG", ".flac", ".pdf", ".txt")


def write_index(path):
    with open(path, "w", encoding="utf-8") as out:
        for n in range(N_FILES):
            k = n * 2654435761 % 2**32
            size = 1000 + k % 90_001 if n % 9 else 4096 + n % 211
            digest = f"{k % 1_000_003:x}" if n % 9 else f"{n % 211:x}"
            out.write(f"/m/{k % 31}/y{n % 13}/{n:x}{SUFFIXES[k % 5]}\t{size}\t{digest}\n")


class File:
    __slots__ = ("path", "size", "digest")

    def __init__(self, path, size, digest):
        self.path = path
        self.size = size
        self.digest = digest

    @property
    def kind(self):
        return os.path.splitext(self.path)[1].lower()


def parse_file(line):
    path, size, digest = line.rstrip("\n").split("\t")
    return File(path, int(size), digest)


class Scanner:
    def __init__(self):
        self.files = []

    def load(self, index):
        with open(index, encoding="utf-8") as handle:
            for line in handle:
                self.files.append(parse_file(line))

    def groups(self):
        sizes = defaultdict(int)
        for file in self.files:
            sizes[file.size] += 1
        matches = defaultdict(list)
        for file in self.files:
            if sizes[file.size] > 50:
                matches[file.size, file.digest].append(file)
        return [group for group in matches.values() if len(group) > 1]


def depth(file):
    return sum(1 for part in file.path.split("/") if part)


def pick_original(group):
    return min(group, key=lambda file: (depth(file), str(file.path)))


def main():
    scanner = Scanner()
    with tempfile.TemporaryDirectory() as tmp:
        index = Path(tmp) / "scan.tsv"
        write_index(index)
        scanner.load(index)
    groups = scanner.groups()
    wasted = sum(file.size for group in groups for file in group[1:])
    print("files", len(scanner.files), "groups", len(groups), "wasted", wasted)
    kinds = defaultdict(int)
    for group in groups:
        for file in group:
            kinds[file.kind] += 1
    print(dict(sorted(kinds.items())))
    for group in sorted(groups, key=lambda g: (-len(g), g[0].digest))[:5]:
        original = pick_original(group)
        print(os.path.basename(original.path), len(group), original.size)


if __name__ == "__main__":
    main()
