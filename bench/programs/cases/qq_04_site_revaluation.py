import os
import shelve
import shutil
import tempfile
from array import array

from harness import D, case, fixture, run

SITES = 2_400
NAMES = ("qq_sites.dat", "qq_sites.dir")


def build(mark):
    base = os.path.join(D, "qq_sites")
    with shelve.open(base, flag="n") as shelf:
        for number in range(SITES):
            shelf[f"site-{number:05d}"] = {
                "factor": 100 + number % 17,
                "revision": 0,
                "profile": array("d", (number * 31 % 97 + hour / 24 for hour in range(3_600))),
            }
    open(mark, "w").close()


class Revaluation:
    """Raises the load factor of every site and notes the revision."""

    writeback = True

    def __init__(self, base):
        self.shelf = shelve.open(base, writeback=self.writeback)

    def apply(self, key):
        site = self.shelf[key]
        site["factor"] += 3
        site["revision"] += 1
        return site["factor"] * site["profile"][12]

    def run(self):
        return sum(self.apply(f"site-{number:05d}") for number in range(SITES))


class DirectRevaluation(Revaluation):
    writeback = False

    def apply(self, key):
        site = self.shelf[key]
        site["factor"] += 3
        site["revision"] += 1
        self.shelf[key] = site
        return site["factor"] * site["profile"][12]


def revalue(kind):
    with tempfile.TemporaryDirectory() as folder:
        for name in NAMES:
            shutil.copy(os.path.join(D, name), folder)
        work = kind(os.path.join(folder, "qq_sites"))
        total = work.run()
        work.shelf.close()
        with shelve.open(os.path.join(folder, "qq_sites"), flag="r") as shelf:
            last = shelf[f"site-{SITES - 1:05d}"]
    print("load", round(total, 2), "last", last["factor"], last["revision"])
    return total


@case("qq 04 site revaluation")
class _:
    def setup():
        fixture("qq_sites.made", build)

    def bad():
        return revalue(Revaluation)

    def good():
        return revalue(DirectRevaluation)


if __name__ == "__main__":
    kept = run()
