"""Session cache of a single sign-on service, kept in a file."""
import os
import shelve
import tempfile

N_SUBJECTS = 9000
PROVIDERS = ("https://idp.north.example/saml", "https://idp.south.example/saml", "https://aa.example/attr")


class SessionCache:
    def __init__(self, path):
        self._db = shelve.open(path, writeback=False, protocol=4)

    def set(self, subject, entity, info, expires):
        entries = self._db.get(subject, {})
        entries[entity] = (expires, info)
        self._db[subject] = entries

    def get(self, subject, entity, now):
        expires, info = self._db[subject][entity]
        if now >= expires:
            raise KeyError(f"session of {subject} at {entity} is too old")
        return info

    def identity(self, subject, now):
        """All attributes known of a subject, and the sources that are out of date."""
        merged, stale = {}, []
        for entity, (expires, info) in self._db.get(subject, {}).items():
            if now >= expires:
                stale.append(entity)
                continue
            for name, values in info["ava"].items():
                merged.setdefault(name, set()).update(values)
        return merged, stale

    def close(self):
        self._db.close()


def assertion(number, provider):
    """What a provider states about a subject."""
    return {
        "came_from": provider,
        "authn": (f"urn:ctx:{number % 5}", f"2020-11-{1 + number % 28:02d}"),
        "ava": {
            "mail": [f"user{number}@{provider[12:17]}.example"],
            "roles": [f"role-{(number * k) % 173}-{k}" for k in range(1, 17)],
            "groups": [f"cn=g{(number + k * 31) % 2203},ou=groups,dc=example" for k in range(12)],
        },
    }


def log_in(cache, numbers, now):
    for number in numbers:
        for k, provider in enumerate(PROVIDERS):
            if (number + k) % 3:
                cache.set(f"subject-{number:06d}", provider, assertion(number, provider), now + 300 + number % 900)


def main():
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "sessions")
        cache = SessionCache(path)
        log_in(cache, range(N_SUBJECTS), now=1000)
        roles = stale_sources = 0
        for number in range(0, N_SUBJECTS, 7):
            merged, stale = cache.identity(f"subject-{number:06d}", now=1700)
            roles += len(merged.get("roles", ()))
            stale_sources += len(stale)
        cache.close()
        again = SessionCache(path)
        info = again.get("subject-000044", PROVIDERS[0], now=1001)
        again.close()
    print("subjects", N_SUBJECTS, "roles", roles, "stale", stale_sources)
    print(info["ava"]["mail"], len(info["ava"]["groups"]))


if __name__ == "__main__":
    main()
