import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


import asyncio


def fetch_users(keys):
    """The rows of the users table, with the profile text of 12 KB."""
    import random
    rows = []
    for key in keys:
        r = random.Random(key)
        rows.append({'id': key, 'name': f'user {key}', 'profile': r.randbytes(6_000).hex()})
    return rows


class Deps:
    """What the worker hands to the resolvers."""

    def __init__(self):
        self.loader = None
        self.served = 0


def user_loader():
    from aiodataloader import DataLoader

    class UserLoader(DataLoader):
        async def batch_load_fn(self, keys):
            return fetch_users(keys)
    return UserLoader


async def resolve(loader, request):
    """The users of one page of the list, each asked for twice by the query."""
    keys = [request * 40 + k for k in range(40)]
    users = await loader.load_many(keys)
    authors = await loader.load_many(keys[:10])
    return sum(len(user['profile']) for user in users + authors)


@case('04 one data loader for all requests')
class _:
    def setup(): import aiodataloader, random
    def bad():
        UserLoader = user_loader()

        async def main(deps):
            deps.loader = UserLoader()
            for request in range(130):
                deps.served += await resolve(deps.loader, request)
            return deps
        return asyncio.run(main(Deps()))
    def good():
        UserLoader = user_loader()

        async def main(deps):
            for request in range(130):
                deps.loader = UserLoader()
                deps.served += await resolve(deps.loader, request)
            return deps
        return asyncio.run(main(Deps()))


if __name__ == "__main__":
    kept = run()
