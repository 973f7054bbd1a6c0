"""Answers similarity questions from the vectors of a tenant, which lie together in one array file."""
import numpy as np

from harness import case, fixture, run

TENANTS = 200
PER_TENANT = 2000
WIDTH = 96


def build(path):
    with open(path, "wb") as out:
        np.lib.format.write_array_header_1_0(out, {
            "descr": np.lib.format.dtype_to_descr(np.dtype("float32")),
            "fortran_order": False, "shape": (TENANTS * PER_TENANT, WIDTH)})
        rng = np.random.default_rng(21)
        for _ in range(TENANTS):
            rng.standard_normal((PER_TENANT, WIDTH), dtype=np.float32).tofile(out)


class VectorStore:
    """The vectors of all tenants; a tenant's are rows in a row."""

    def __init__(self, path, mode=None):
        self.vectors = np.load(path, mmap_mode=mode)
        self.asked = 0

    def rows(self, tenant):
        start = tenant * PER_TENANT
        return self.vectors[start:start + PER_TENANT]

    def nearest(self, tenant, question):
        rows = self.rows(tenant)
        scores = rows @ question / np.sqrt(np.einsum("ij,ij->i", rows, rows))
        self.asked += 1
        best = int(scores.argmax())
        return best, float(scores[best])


class Service:
    def __init__(self, store):
        self.store = store
        self.answers = {}

    def session(self, tenants, questions=1500):
        rng = np.random.default_rng(7)
        for tenant in tenants:
            for _ in range(questions):
                question = rng.standard_normal(WIDTH, dtype=np.float32)
                self.answers[tenant] = self.store.nearest(tenant, question)

    def __str__(self):
        rows = sorted((tenant, row) for tenant, (row, _) in self.answers.items())
        return f"{self.store.asked} questions, last answers {rows}"


def serve(mode):
    service = Service(VectorStore(fixture("ac_21_vectors.npy", build), mode))
    service.session((3, 17, 58, 121))
    print(service)
    return service


@case("ac 21 vector shards")
class _:
    def bad():
        return serve(None)

    def good():
        return serve("r")


if __name__ == "__main__":
    kept = run()
