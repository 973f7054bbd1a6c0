"""Crawls archive pages with a thread pool and builds a link report."""
import hashlib
import random
from concurrent.futures import ThreadPoolExecutor, as_completed


class ArchiveStore:
    """Stands in for the remote archive; pages are rendered on request."""

    def __init__(self, pages):
        self.pages = pages
        rng = random.Random(3)
        words = ["lorem", "ipsum", "dolor", "amet", "tempor", "magna", "aliqua", "erat"]
        self._paragraph = " ".join(rng.choice(words) for _ in range(6000))

    def get(self, page_id):
        links = "".join(f'<a href="/p/{(page_id * k) % self.pages}">' for k in range(1, 40 + page_id % 9))
        reps = 8 + page_id % 5
        return f"<h1>{page_id}</h1>{links}".encode() + self._paragraph.encode() * reps


class Report:
    def __init__(self):
        self.sizes = {}
        self.links = {}
        self.digests = {}

    def add(self, page_id, size, links, digest):
        self.sizes[page_id] = size
        self.links[page_id] = links
        self.digests[page_id] = digest

    def checksum(self):
        joined = "".join(self.digests[k] for k in sorted(self.digests))
        return hashlib.sha256(joined.encode()).hexdigest()[:16]


def fetch(store, page_id):
    body = store.get(page_id)
    if not body.startswith(b"<h1>"):
        raise ValueError(f"page {page_id} is not a document")
    return body


def inspect(body):
    return len(body), body.count(b"<a href"), hashlib.md5(body).hexdigest()[:8]


def fetch_and_inspect(store, page_id):
    return page_id, inspect(fetch(store, page_id))


def crawl(store, workers):
    report = Report()
    with ThreadPoolExecutor(max_workers=workers) as pool:
        futures = [pool.submit(fetch_and_inspect, store, page_id) for page_id in range(store.pages)]
        for future in as_completed(futures):
            page_id, facts = future.result()
            report.add(page_id, *facts)
    return report


def main():
    store = ArchiveStore(320)
    report = crawl(store, workers=4)
    print("pages", len(report.sizes), "bytes", sum(report.sizes.values()))
    biggest = max(report.sizes, key=lambda k: (report.sizes[k], k))
    print("biggest", biggest, report.sizes[biggest])
    print("links", sum(report.links.values()))
    print("checksum", report.checksum())


if __name__ == "__main__":
    main()
