"""Multi-tenant document store: tenant workspaces are opened on demand, a small LRU of them stays open."""
import random
import sys
import weakref
from collections import OrderedDict

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
WORDS = ["contract", "annex", "draft", "review", "clause", "party", "delivery", "liability", "term", "notice",
         "renewal", "invoice", "payment", "default", "remedy", "scope", "service", "level"]


class Journal:
    """Write-ahead record of one tenant's changes; only the counters are kept in memory."""

    def __init__(self, tenant):
        self.tenant = tenant
        self.written = 0
        self.unflushed = 0

    def append(self, document_id):
        self.written += 1
        self.unflushed += 1

    def flush(self):
        flushed, self.unflushed = self.unflushed, 0
        return flushed


class Document:
    __slots__ = ("doc_id", "title", "body", "revision")

    def __init__(self, doc_id, title, body):
        self.doc_id, self.title, self.body, self.revision = doc_id, title, body, 1


class Backend:
    """The object storage: gives the same documents for a tenant every time."""

    def __init__(self, seed):
        self.seed = seed
        self.overlays = {}

    def load(self, tenant):
        rng = random.Random(f"{self.seed}/{tenant}")
        for doc_id in range(rng.randint(60, 140)):
            title = f"{rng.choice(WORDS)} {rng.choice(WORDS)} {rng.randint(1, 9999)}"
            clauses = [f"{k}. {' '.join(rng.choices(WORDS, k=4))} {rng.getrandbits(60):x}" for k in range(22)]
            yield Document(doc_id, title, "\n".join(clauses))

    def save(self, tenant, doc_id, revision):
        self.overlays[tenant] = max(self.overlays.get(tenant, 0), revision)


class Workspace:
    def __init__(self, tenant, backend):
        self.tenant = tenant
        self.backend = backend
        self.journal = Journal(tenant)
        self.documents = {doc.doc_id: doc for doc in backend.load(tenant)}
        if ARM == "bad":
            self.guard_bad()
        else:
            self.guard_good()

    def guard_bad(self):
        self.finalizer = weakref.finalize(self, self.release)

    def guard_good(self):
        self.finalizer = weakref.finalize(self, self.journal.flush)

    def release(self):
        return self.journal.flush()

    def edit(self, doc_id, text):
        document = self.documents[doc_id % len(self.documents)]
        document.body = document.body[:400] + text
        document.revision += 1
        self.journal.append(document.doc_id)
        return document

    def search(self, word):
        return sum(document.body.count(word) for document in self.documents.values())

    def checkpoint(self):
        for document in self.documents.values():
            if document.revision > 1:
                self.backend.save(self.tenant, document.doc_id, document.revision)
        return self.journal.flush()


class Store:
    def __init__(self, backend, capacity):
        self.backend = backend
        self.capacity = capacity
        self.open = OrderedDict()
        self.loads = self.flushed = 0

    def workspace(self, tenant):
        workspace = self.open.get(tenant)
        if workspace is None:
            workspace = self.open[tenant] = Workspace(tenant, self.backend)
            self.loads += 1
            self.shrink()
        self.open.move_to_end(tenant)
        return workspace

    def shrink(self):
        while len(self.open) > self.capacity:
            _, evicted = self.open.popitem(last=False)
            self.flushed += evicted.checkpoint()


def main():
    rng = random.Random(707)
    store = Store(Backend(7), capacity=8)
    tenants = [f"t{rng.getrandbits(32):08x}" for _ in range(90)]
    edits = found = 0
    for _ in range(1300):
        tenant = tenants[min(89, int(rng.expovariate(1 / 14)))]
        workspace = store.workspace(tenant)
        if rng.random() < 0.6:
            workspace.edit(rng.randrange(500), f"\nedited {rng.getrandbits(50):x}")
            edits += 1
        else:
            found += workspace.search(rng.choice(WORDS))
    print(f"loads={store.loads} edits={edits} found={found} flushed={store.flushed} open={len(store.open)}")
    return store


if __name__ == "__main__":
    SERVER = main()
