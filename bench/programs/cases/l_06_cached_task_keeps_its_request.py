import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('06 cached task keeps its request')
class _:
    def setup():
        import asyncio

    def bad():
        import asyncio
        import contextvars

        current_body = contextvars.ContextVar('current_body')

        class Profiles:
            def __init__(self):
                self.tasks = {}

            async def load(self, user):
                await asyncio.sleep(0)
                return user % 5

            def get(self, user):
                if user not in self.tasks:
                    self.tasks[user] = asyncio.create_task(self.load(user))
                return self.tasks[user]

        profiles = Profiles()

        async def upload(user, size):
            current_body.set(bytes([user % 256]) * size)
            plan = await profiles.get(user)
            return plan + len(current_body.get())

        async def serve():
            total = 0
            for request in range(600):
                total += await asyncio.create_task(upload(request % 400, 220_000))
            print('stored', total)

        asyncio.run(serve())
        return profiles

    def good():
        import asyncio
        import contextvars

        current_body = contextvars.ContextVar('current_body')

        class Profiles:
            def __init__(self):
                self.tasks = {}

            async def load(self, user):
                await asyncio.sleep(0)
                return user % 5

            def get(self, user):
                if user not in self.tasks:
                    self.tasks[user] = asyncio.create_task(self.load(user), context=contextvars.Context())
                return self.tasks[user]

        profiles = Profiles()

        async def upload(user, size):
            current_body.set(bytes([user % 256]) * size)
            plan = await profiles.get(user)
            return plan + len(current_body.get())

        async def serve():
            total = 0
            for request in range(600):
                total += await asyncio.create_task(upload(request % 400, 220_000))
            print('stored', total)

        asyncio.run(serve())
        return profiles


if __name__ == "__main__":
    kept = run()
