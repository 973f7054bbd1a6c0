import copy

from harness import case, run

DEFAULTS = {
    "limits": {"daily": 100, "burst": 20, "storage": 5000},
    "mail": {"sender": "noreply", "retries": [1, 5, 25, 125], "footer": True},
    "theme": {name: ["light", "dark"] for name in ("page", "menu", "form", "table", "code")},
    "roles": {name: {"read": True, "write": False} for name in ("guest", "member", "admin", "owner")},
}


class Overrides:
    def __init__(self, defaults):
        self.defaults = defaults
        self.values = {}

    def get(self, tenant, section, key):
        if (section, key) == ("limits", "daily"):
            return self.values.get(tenant, self.defaults[section][key])
        return self.defaults[section][key]


@case("tt 14 copied defaults")
class _:
    def bad():
        settings = {}
        for tenant in range(16_000):
            settings[tenant] = copy.deepcopy(DEFAULTS)
            settings[tenant]["limits"]["daily"] = 100 + tenant % 9
        print(sum(s["limits"]["daily"] + s["limits"]["burst"] for s in settings.values()))
        return settings

    def good():
        settings = Overrides(DEFAULTS)
        for tenant in range(16_000):
            settings.values[tenant] = 100 + tenant % 9
        daily = sum(settings.get(t, "limits", "daily") for t in range(16_000))
        print(daily + sum(settings.get(t, "limits", "burst") for t in range(16_000)))
        return settings


if __name__ == "__main__":
    kept = run()
