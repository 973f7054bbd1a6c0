"""Settings of all tenants: shared defaults plus a few overrides each."""
import copy

N_TENANTS = 1_500
ROLES = ("owner", "admin", "editor", "author", "viewer", "auditor", "billing", "guest")
RESOURCES = [f"resource.{n:02d}" for n in range(28)]
VERBS = ("read", "list", "create", "update", "delete")


def default_settings():
    return {
        "limits": {"seats": 5, "projects": 20, "storage_gb": 10},
        "features": {f"feature_{n}": n % 3 == 0 for n in range(20)},
        "permissions": {
            role: {res: list(VERBS[: len(ROLES) - rank]) for res in RESOURCES}
            for rank, role in enumerate(ROLES)
        },
    }


def overrides_for(tenant_id):
    """What the control plane's table holds for this tenant."""
    if tenant_id % 5 == 0:
        return {"seats": 100 + tenant_id % 40, "storage_gb": 500}
    return {"seats": 5 + tenant_id % 11}


class SettingsStore:
    def __init__(self, defaults):
        self._defaults = defaults
        self._tenants = {}

    def add(self, tenant_id, overrides):
        settings = copy.deepcopy(self._defaults)
        settings["limits"].update(overrides)
        self._tenants[tenant_id] = settings

    def limit(self, tenant_id, name):
        return self._tenants[tenant_id]["limits"][name]

    def allowed(self, tenant_id, role, resource, verb):
        return verb in self._tenants[tenant_id]["permissions"][role][resource]

    def __iter__(self):
        return iter(self._tenants)


def main():
    store = SettingsStore(default_settings())
    for tenant_id in range(N_TENANTS):
        store.add(tenant_id, overrides_for(tenant_id))
    print("seats", sum(store.limit(t, "seats") for t in store))
    print("storage", sum(store.limit(t, "storage_gb") for t in store))
    for role in ROLES:
        ok = sum(store.allowed(t, role, RESOURCES[t % 28], VERBS[t % 5]) for t in store)
        print(role, ok)


if __name__ == "__main__":
    main()
