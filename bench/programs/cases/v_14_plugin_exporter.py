"""Plugin-based exporter: renders the account book to several formats in a workspace per job."""
import json
import os
import random
import shutil
import sys
import tempfile
import weakref
import zlib

ARM = sys.argv[1]
FOLDER = os.path.join(tempfile.gettempdir(), "memory-cases")
JOBS = 300
PLUGINS = {}


def plugin(name):
    def register(function):
        PLUGINS[name] = function
        return function
    return register


@plugin("csv")
def as_csv(rows):
    return "\n".join(";".join(str(cell) for cell in row) for row in rows)


@plugin("jsonl")
def as_jsonl(rows):
    return "\n".join(json.dumps(dict(zip(("id", "date", "account", "text", "amount"), row))) for row in rows)


@plugin("html")
def as_html(rows):
    body = "".join("<tr>%s</tr>" % "".join("<td>%s</td>" % cell for cell in row) for row in rows)
    return "<table>%s</table>" % body


class AccountBook:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def rows(self, count):
        rnd = self.random
        for number in range(count):
            yield (rnd.randrange(10 ** 9), "2024-%02d-%02d" % (rnd.randint(1, 12), rnd.randint(1, 28)),
                   "%04d" % rnd.randrange(1000, 9999),
                   "%s %x" % (rnd.choice(["invoice", "refund", "salary", "rent", "transfer"]), rnd.getrandbits(64)),
                   round(rnd.lognormvariate(4, 1.3), 2))


def remove_tree(path):
    shutil.rmtree(path, ignore_errors=True)


class ExportJob:
    def __init__(self, title):
        self.title = title
        self.pages = []
        self.workspace = tempfile.mkdtemp(prefix="ww-export-", dir=FOLDER)
        self._guard()

    def _remove_workspace(self):
        shutil.rmtree(self.workspace, ignore_errors=True)

    def _guard_bad(self):
        self.finalizer = weakref.finalize(self, self._remove_workspace)

    def _guard_good(self):
        self.finalizer = weakref.finalize(self, remove_tree, self.workspace)

    _guard = _guard_bad if ARM == "bad" else _guard_good

    def render(self, rows):
        for name, function in PLUGINS.items():
            self.pages.append((name, function(rows)))

    def write(self):
        size = 0
        for name, text in self.pages:
            path = os.path.join(self.workspace, "%s.%s" % (self.title, name))
            with open(path, "w", encoding="utf-8") as out:
                out.write(text)
            size += os.path.getsize(path)
        return size


class Exporter:
    def __init__(self, book):
        self.book = book
        self.done = 0
        self.written = 0
        self.check = 0

    def _deliver(self, job):
        for name, text in job.pages:
            self.check = zlib.crc32(text[:2000].encode(), self.check)

    def export(self, title, count):
        job = ExportJob(title)
        job.render(list(self.book.rows(count)))
        self.written += job.write()
        self._deliver(job)
        self.done += 1


os.makedirs(FOLDER, exist_ok=True)
EXPORTER = Exporter(AccountBook(99))
sizes = random.Random(3)
for turn in range(JOBS):
    EXPORTER.export("ledger-%03d" % turn, sizes.randint(700, 1300))
print("jobs", EXPORTER.done, "written", EXPORTER.written, "check %08x" % EXPORTER.check)
