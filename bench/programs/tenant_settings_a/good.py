"""Evaluates request quotas for all tenants of a gateway."""
from collections import Counter

SECTIONS = ("limits", "routing", "headers", "retries", "alerts", "billing")


def default_settings():
    settings = {}
    for s, section in enumerate(SECTIONS):
        settings[section] = {
            f"{section}_{n}": {"value": n * (s + 1), "unit": "ms" if n % 2 else "req",
                               "bounds": [0, 1000 + n]}
            for n in range(14)
        }
    settings["limits"]["burst"] = {"value": 50, "unit": "req", "bounds": [1, 500]}
    settings["limits"]["rate"] = {"value": 10, "unit": "req", "bounds": [1, 200]}
    return settings


DEFAULTS = default_settings()


def overrides_for(tenant):
    if tenant % 5 == 0:
        yield "limits", "burst", 60 + tenant % 400
    if tenant % 7 == 0:
        yield "limits", "rate", 5 + tenant % 150
    if tenant % 31 == 0:
        yield "retries", "retries_3", tenant % 9


class Settings:
    __slots__ = ("_defaults", "_own")

    def __init__(self, defaults):
        self._defaults = defaults
        self._own = None

    def set(self, section, key, value):
        low, high = self._defaults[section][key]["bounds"]
        if not low <= value <= high:
            raise ValueError(f"{section}.{key}={value} outside {low}..{high}")
        if self._own is None:
            self._own = {}
        self._own[section, key] = value

    def get(self, section, key):
        if self._own is not None and (section, key) in self._own:
            return self._own[section, key]
        return self._defaults[section][key]["value"]


class Gateway:
    def __init__(self):
        self.tenants = {}

    def register(self, tenant):
        settings = Settings(DEFAULTS)
        for section, key, value in overrides_for(tenant):
            settings.set(section, key, value)
        self.tenants[tenant] = settings

    def admit(self, tenant, pending, elapsed):
        settings = self.tenants[tenant]
        allowed = settings.get("limits", "burst") + settings.get("limits", "rate") * elapsed
        return pending <= allowed


def simulate(gateway, requests):
    outcome = Counter()
    size = len(gateway.tenants)
    for n in range(requests):
        admitted = gateway.admit(n * 7919 % size, n % 600, n % 9)
        outcome["admitted" if admitted else "throttled"] += 1
    return outcome


def main():
    gateway = Gateway()
    for tenant in range(3000):
        gateway.register(tenant)
    outcome = simulate(gateway, 200_000)
    print("tenants", len(gateway.tenants))
    print("admitted", outcome["admitted"], "throttled", outcome["throttled"])
    print("retries", sum(s.get("retries", "retries_3") for s in gateway.tenants.values()))
    print("billing", gateway.tenants[12].get("billing", "billing_9"))


if __name__ == "__main__":
    main()
