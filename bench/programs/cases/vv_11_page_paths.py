import random

import numpy as np

from harness import case, fixture, run

PAGES = 70_000
WORDS = ["shop", "help", "blog", "team", "news", "tour", "docs", "jobs", "data", "lab"]


def build(path):
    rng = random.Random(21)
    with open(path, "w") as out:
        for k in range(PAGES):
            parts = [rng.choice(WORDS) for _ in range(rng.randint(2, 5))]
            url = "/" + "/".join(parts) + f"/{k:06d}"
            if k == 41_234:
                url += "?" + "&".join(f"utm_{j}={rng.getrandbits(64):x}" for j in range(25))
            out.write(url + "\n")


def read_paths(path):
    with open(path) as lines:
        return [line.rstrip("\n") for line in lines]


def report(pages):
    rng = np.random.default_rng(22)
    visits = rng.integers(0, PAGES, 3000)
    seen = pages[visits]
    print("pages", len(pages), "visits", len(seen))
    print("to the docs", sum(1 for page in seen if page.startswith("/docs/")))
    print(max(len(page) for page in seen[:200]), seen[0], seen[-1])


@case("vv 11 paths of a site")
class _:
    path = None

    def setup():
        _.path = fixture("vv11_paths.txt", build)

    def bad():
        pages = np.array(read_paths(_.path))
        report(pages)
        return pages

    def good():
        pages = np.array(read_paths(_.path), dtype=np.dtypes.StringDType())
        report(pages)
        return pages


if __name__ == "__main__":
    kept = run()
