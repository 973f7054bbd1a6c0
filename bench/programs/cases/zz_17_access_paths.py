import zlib

import numpy as np

from harness import case, fixture, run

PAGES = ["/", "/cart", "/item/%d", "/search?q=%d", "/login", "/item/%d/reviews"]


def build(path):
    with open(path, "w") as out:
        for number in range(110000):
            page = PAGES[number % 6]
            page = page % (number % 700) if "%" in page else page
            if number == 31007:
                page = "/login?next=" + "%2Fadmin" * 17
            out.write("%d\t%s\t%d\n" % (1700000000 + number // 3, page, 404 if number % 31 == 0 else 200))


def read_log(path):
    seconds, paths, statuses = [], [], []
    with open(path) as lines:
        for line in lines:
            second, page, status = line.rstrip("\n").split("\t")
            seconds.append(int(second))
            paths.append(page)
            statuses.append(int(status))
    return seconds, paths, statuses


class AccessTable:
    def __init__(self, seconds, paths, statuses, paths_dtype=None):
        self.second = np.array(seconds)
        self.path = np.array(paths, dtype=paths_dtype)
        self.status = np.array(statuses, dtype=np.int16)

    def hits(self, page):
        return int((self.path == page).sum())

    def errors(self, page):
        return int(((self.path == page) & (self.status == 404)).sum())

    def busiest_second(self):
        seconds, counts = np.unique(self.second, return_counts=True)
        return int(seconds[counts.argmax()])


def report(table):
    for page in ["/", "/cart", "/login"]:
        print(page, table.hits(page), table.errors(page))
    print("items", sum(table.hits("/item/%d" % number) for number in range(400)))
    pages = [table.path[row] for row in range(0, len(table.path), 7)]
    print(table.busiest_second(), zlib.crc32("\n".join(pages).encode()))
    return table


@case("zz 17 access paths")
class _:
    def bad():
        return report(AccessTable(*read_log(fixture("zz_17_access.tsv", build))))

    def good():
        return report(AccessTable(*read_log(fixture("zz_17_access.tsv", build)), paths_dtype=object))


if __name__ == "__main__":
    kept = run()
