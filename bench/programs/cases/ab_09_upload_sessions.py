"""Resumable uploads: a session that is not finished in half an hour is given up."""
import asyncio
import hashlib

from harness import case, run

GIVE_UP_AFTER = 1800


class Upload:
    def __init__(self, ident, owner):
        self.ident = ident
        self.owner = owner
        self.parts = []

    def content(self):
        return b"".join(self.parts)


class UploadService:
    def __init__(self):
        self.open = {}
        self.expired = 0
        self.digest = hashlib.sha1()

    def begin(self, ident, owner):
        upload = Upload(ident, owner)
        self.open[ident] = upload
        self.watch(upload)

    def watch(self, upload):
        asyncio.get_running_loop().call_later(GIVE_UP_AFTER, self.give_up, upload)

    def give_up(self, upload):
        if self.open.pop(upload.ident, None):
            self.expired += 1

    def append(self, ident, part):
        self.open[ident].parts.append(part)

    def finish(self, ident):
        upload = self.open.pop(ident)
        self.digest.update(upload.content())
        return upload


class UploadManager(UploadService):
    def watch(self, upload):
        upload.timer = asyncio.get_running_loop().call_later(GIVE_UP_AFTER, self.give_up, upload)

    def finish(self, ident):
        upload = super().finish(ident)
        upload.timer.cancel()
        return upload


async def day(service, uploads):
    for ident in range(uploads):
        service.begin(ident, f"user-{ident % 70}")
        for number in range(4):
            service.append(ident, b"%d:%d|" % (ident, number) * 1200)
            await asyncio.sleep(0)
        service.finish(ident)
    print(f"{uploads} uploads, {len(service.open)} open, {service.expired} given up, "
          f"{service.digest.hexdigest()[:16]}")


def serve(service, uploads=4500):
    loop = asyncio.new_event_loop()
    loop.run_until_complete(day(service, uploads))
    return loop, service


@case("ab 09 upload sessions")
class _:
    def bad():
        return serve(UploadService())

    def good():
        return serve(UploadManager())


if __name__ == "__main__":
    kept = run()
