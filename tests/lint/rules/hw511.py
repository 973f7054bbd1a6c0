import asyncio, threading
BACKGROUND = []
class Server:
    def __init__(self):
        self.tasks, self.done = [], set()
        self.tasks = []
        self.pruned = []
    async def accept(self, job):
        self.tasks.append(asyncio.create_task(job))  # expect: HW511
        task = asyncio.ensure_future(job)
        self.done.add(task)
        task.add_done_callback(self.done.discard)
    async def other(self, job):
        self.pruned.append(asyncio.create_task(job))
        self.pruned = [t for t in self.pruned if not t.done()]
async def fire(job):
    BACKGROUND.append(asyncio.create_task(job))  # expect: HW511
    local = []
    local.append(asyncio.create_task(job))
    await asyncio.gather(*local)
