import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


import shelve


def sessions(path):
    """Identities of 5,000 users, as the service provider stored them: a directory with a shelf in it."""
    import random
    r = random.Random(741)
    os.makedirs(path)
    with shelve.open(os.path.join(path, 'identity'), protocol=2) as db:
        for number in range(5000):
            groups = [f'cn=group-{r.randrange(10**9):09d},cn=groups,dc=example,dc=org' for _ in range(120)]
            db[f'user-{number}'] = {'https://idp.example.org/metadata': (
                2_000_000_000 + number, {'ava': {'uid': [f'user-{number}'], 'memberOf': groups}})}


def own_copy(path):
    """A shelf of this process alone; those of processes that have ended go."""
    import shutil
    for name in os.listdir(D):
        pid = name.removeprefix('jj_identities_')
        if pid.isdigit() and not os.path.exists('/proc/' + pid):
            shutil.rmtree(os.path.join(D, name), ignore_errors=True)
    shutil.copytree(path, os.path.join(D, f'jj_identities_{os.getpid()}'))


class IdentityCache:
    def __init__(self, filename, writeback):
        self._db = shelve.open(filename, writeback=writeback, protocol=2)

    def get_identity(self, name_id, entity_id):
        not_on_or_after, info = self._db[name_id][entity_id]
        return info['ava']

    def active(self, name_id, entity_id, now):
        return self._db[name_id][entity_id][0] > now


def logins(cache):
    """Every user comes once."""
    entity, groups = 'https://idp.example.org/metadata', 0
    for number in range(5000):
        name_id = f'user-{number}'
        if cache.active(name_id, entity, 1_900_000_000):
            groups += len(cache.get_identity(name_id, entity)['memberOf'])
    return groups


@case('32 shelve with writeback keeps all it read')
class _:
    def setup(): own_copy(fixture('jj_identities', sessions))
    def bad():
        cache = IdentityCache(os.path.join(D, f'jj_identities_{os.getpid()}', 'identity'), writeback=True)
        return cache, logins(cache)
    def good():
        cache = IdentityCache(os.path.join(D, f'jj_identities_{os.getpid()}', 'identity'), writeback=False)
        return cache, logins(cache)


if __name__ == "__main__":
    kept = run()
