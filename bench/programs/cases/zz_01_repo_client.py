import functools
import hashlib
import re
import zlib

from harness import case, run


class RepoClient:
    """One checkout of a customer's repository, used by one fix job."""

    def __init__(self, slug, sha):
        self.slug = slug
        self.sha = sha
        self.blobs = {}
        for number in range(24):
            path = "src/module_%02d.py" % number
            seed = hashlib.sha256(f"{slug}:{sha}:{path}".encode()).hexdigest()
            self.blobs[path] = ("# %s\n" % path + "value = '%s'\n" % seed) * 90

    def paths(self):
        return sorted(self.blobs)

    def symbols_of(self, path):
        return tuple(sorted(set(re.findall(r"^(\w+) = ", self.blobs[path], re.MULTILINE))))


class AutofixClient(RepoClient):
    @functools.cache
    def outline(self, path):
        return path, self.symbols_of(path)


class EvalClient(RepoClient):
    def __init__(self, slug, sha):
        super().__init__(slug, sha)
        self._outlines = {}

    def outline(self, path):
        if path not in self._outlines:
            self._outlines[path] = path, self.symbols_of(path)
        return self._outlines[path]


class FixJob:
    def __init__(self, client, issue):
        self.client = client
        self.issue = issue

    def candidates(self):
        wanted = self.issue % 7
        for index, path in enumerate(self.client.paths()):
            if index % 7 != wanted:
                yield path

    def run(self):
        check = 0
        for _ in range(3):
            for path in self.candidates():
                name, symbols = self.client.outline(path)
                check = zlib.crc32(f"{name}{symbols}".encode(), check)
        return check


def worker(make_client, jobs):
    total = 0
    for issue in range(jobs):
        client = make_client("acme/shop-%d" % (issue % 12), "%040x" % issue)
        total = (total * 31 + FixJob(client, issue).run()) % 1000003
    return total


@case("zz 01 repo client")
class _:
    def bad():
        print(worker(AutofixClient, 320))

    def good():
        print(worker(EvalClient, 320))


if __name__ == "__main__":
    kept = run()
