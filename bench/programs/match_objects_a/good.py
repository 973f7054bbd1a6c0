"""Scans a page archive for leaked credentials."""
import os
import tempfile
from collections import Counter

import scanner


def write_pages(folder, count):
    filler = "\n".join(f"<p>paragraph {n} with some ordinary prose about trains</p>" for n in range(4000))
    for n in range(count):
        with open(os.path.join(folder, f"page{n:04d}.html"), "w") as out:
            cut = (n * 971) % len(filler)
            out.write(f"<title>{n}</title>\n{filler[:cut]}")
            if n % 4:
                out.write(f" AKIA{n * 99991:016d} ")
            if n % 9 == 0:
                out.write(f" ghp_{n * 7:020d}x ")
            out.write(filler[cut:])


class Finding:
    __slots__ = ("page", "kind", "token", "offset", "line")

    def __init__(self, page, match, line):
        self.page = page
        self.kind = match["kind"]
        self.token = match["token"]
        self.offset = match.start()
        self.line = line

    def masked(self):
        return f"{self.kind}{self.token[:3]}***{self.token[-2:]}"

    def location(self):
        return f"{self.page}:{self.line}+{self.offset}"


class Audit:
    def __init__(self):
        self.findings = []
        self.scanned = 0

    def check(self, path):
        with open(path) as handle:
            text = handle.read()
        self.scanned += len(text)
        for match in scanner.scan(text):
            line = scanner.line_of(text, match.start())
            self.findings.append(Finding(os.path.basename(path), match, line))

    def kinds(self):
        return Counter(f.kind for f in self.findings)


def run(folder):
    audit = Audit()
    for name in sorted(os.listdir(folder)):
        audit.check(os.path.join(folder, name))
    return audit


def main():
    with tempfile.TemporaryDirectory() as tmp:
        write_pages(tmp, 500)
        audit = run(tmp)
    print("characters", audit.scanned)
    for kind, count in sorted(audit.kinds().items()):
        print(kind, count)
    for finding in audit.findings[:6]:
        print(finding.location(), finding.masked())


if __name__ == "__main__":
    main()
