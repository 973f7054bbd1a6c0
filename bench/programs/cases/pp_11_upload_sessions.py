import asyncio
import contextvars
import hashlib
from dataclasses import dataclass

from harness import case, run

current_request: contextvars.ContextVar["Request"] = contextvars.ContextVar("current_request")


@dataclass
class Request:
    number: int
    client: str
    body: bytes


class Sessions:
    """Who is logged in; a session ends half an hour after its start."""

    lifetime = 1800

    def __init__(self):
        self.names = {}
        self.uploads = 0

    def schedule_expiry(self, session_id):
        loop = asyncio.get_running_loop()
        loop.call_later(self.lifetime, self.names.pop, session_id, None)

    def open(self, name):
        session_id = hashlib.sha1(f"{name}/{current_request.get().client}".encode()).hexdigest()
        if session_id not in self.names:
            self.names[session_id] = name
            self.schedule_expiry(session_id)
        return session_id


class DetachedSessions(Sessions):
    def schedule_expiry(self, session_id):
        loop = asyncio.get_running_loop()
        loop.call_later(
            self.lifetime, self.names.pop, session_id, None, context=contextvars.Context()
        )


async def handle(sessions, request):
    current_request.set(request)
    session_id = sessions.open(f"user{request.number}")
    await asyncio.sleep(0)
    sessions.uploads += len(request.body)
    return hashlib.sha1(session_id.encode() + request.body).hexdigest()


async def serve(sessions, requests):
    digest = ""
    for number in range(requests):
        body = number.to_bytes(4, "big") * 90_000
        request = Request(number, f"198.51.100.{number % 200}", body)
        digest = await asyncio.create_task(handle(sessions, request))
    print("sessions", len(sessions.names), "bytes", sessions.uploads, digest)


def start(sessions):
    runner = asyncio.Runner()
    runner.run(serve(sessions, requests=250))
    return runner


@case("pp 11 upload sessions")
class _:
    def bad():
        return start(Sessions())

    def good():
        return start(DetachedSessions())


if __name__ == "__main__":
    kept = run()
