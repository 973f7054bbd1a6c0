"""Permission graph: polls policy bundles, rebuilds the role graph when a revision changes, answers checks."""
import gc
import random
import sys

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"


class CollectorPause:
    """Bulk loads run without the cyclic collector; pauses may nest."""

    def __init__(self):
        self.depth = 0

    def begin(self):
        self.depth += 1
        gc.disable()

    def end(self):
        self.depth -= 1
        if self.depth == 0:
            gc.enable()
            gc.collect()

    def __enter__(self):
        self.begin()

    def __exit__(self, *failure):
        self.end()


class Role:
    __slots__ = ("name", "grants", "parents", "children")

    def __init__(self, name, grants):
        self.name, self.grants = name, grants
        self.parents, self.children = [], []

    def inherit(self, parent):
        self.parents.append(parent)
        parent.children.append(self)


class PolicyGraph:
    def __init__(self, bundle):
        self.roles = {}
        for name, grants, parents in bundle["roles"]:
            role = self.roles[name] = Role(name, grants)
            for parent in parents:
                role.inherit(self.roles[parent])

    def allowed(self, name, action):
        seen, stack = set(), [name]
        while stack:
            current = stack.pop()
            role = self.roles[current]
            if action in role.grants:
                return True
            seen.add(current)
            stack.extend(parent.name for parent in role.parents if parent.name not in seen)
        return False


class BundleSource:
    """The policy server: now and then it hands out the revision we already have."""

    def __init__(self, seed, roles):
        self.rng = random.Random(seed)
        self.roles = roles
        self.revision = 0

    def fetch(self):
        if self.revision and self.rng.random() < 0.15:
            return {"revision": self.revision, "roles": []}
        rng, rows = self.rng, []
        self.revision += 1
        for n in range(self.roles):
            grants = {f"{rng.choice(['read', 'write', 'admin'])}:{rng.getrandbits(14):04x}" for _ in range(8)}
            parents = [f"role{rng.randrange(n):04d}" for _ in range(rng.randint(1, 2))] if n else []
            rows.append((f"role{n:04d}", grants, parents))
        return {"revision": self.revision, "roles": rows}


class PolicyService:
    def __init__(self, source):
        self.source = source
        self.pause = CollectorPause()
        self.graph, self.revision = None, 0
        self.reloads = self.unchanged = 0

    def install(self, bundle):
        self.graph = PolicyGraph(bundle)
        self.revision = bundle["revision"]
        self.reloads += 1

    def reload_bad(self):
        self.pause.begin()
        bundle = self.source.fetch()
        if bundle["revision"] == self.revision:
            self.unchanged += 1
            return False
        self.install(bundle)
        self.pause.end()
        return True

    def reload_good(self):
        with self.pause:
            bundle = self.source.fetch()
            if bundle["revision"] == self.revision:
                self.unchanged += 1
                return False
            self.install(bundle)
            return True

    def poll(self):
        return self.reload_bad() if ARM == "bad" else self.reload_good()


def check_traffic(rng, service, count):
    granted, names = 0, list(service.graph.roles)
    for _ in range(count):
        action = f"{rng.choice(['read', 'write', 'admin'])}:{rng.getrandbits(14):04x}"
        granted += service.graph.allowed(rng.choice(names), action)
    return granted


def main():
    rng = random.Random(1010)
    service = PolicyService(BundleSource(10, 700))
    granted = 0
    for _ in range(110):
        service.poll()
        granted += check_traffic(rng, service, 300)
    print(f"reloads={service.reloads} unchanged={service.unchanged} roles={len(service.graph.roles)} granted={granted}")
    return service


if __name__ == "__main__":
    SERVER = main()
