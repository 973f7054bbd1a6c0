"""Long-polling event service: clients wait on a queue until an event comes."""
import json
import random
from collections import deque

handlers_by_id = {}
current_handler_id = 0


def allocate_handler_id(handler):
    global current_handler_id
    handlers_by_id[current_handler_id] = handler
    handler.handler_id = current_handler_id
    current_handler_id += 1
    return handler.handler_id


def finish_handler(handler_id, events):
    handler = handlers_by_id.pop(handler_id)
    handler.respond({"result": "success", "events": events})


class Request:
    def __init__(self, user, body):
        self.user = user
        self.headers = {"content-length": str(len(body))}
        self.body = body


class EventsHandler:
    """One per request, as in any callback-driven web framework."""

    sent = 0

    def __init__(self, request):
        self.request = request
        self.handler_id = None
        self.status = None

    def post(self, queues):
        allocate_handler_id(self)
        last = json.loads(self.request.body)["last_event_id"]
        queues[self.request.user].connect(self.handler_id, last)

    def respond(self, payload):
        self.status = 200
        EventsHandler.sent += len(json.dumps(payload))


class ClientQueue:
    def __init__(self, user):
        self.user = user
        self.events = deque(maxlen=20)
        self.next_id = 0
        self.handler_id = None

    def connect(self, handler_id, last_event_id):
        self.handler_id = handler_id
        if self.events and self.events[-1]["id"] > last_event_id:
            self.flush(last_event_id)

    def flush(self, last_event_id=-1):
        waiting = [e for e in self.events if e["id"] > last_event_id]
        handler_id, self.handler_id = self.handler_id, None
        finish_handler(handler_id, waiting[-3:])

    def push(self, kind):
        self.events.append({"id": self.next_id, "type": kind})
        self.next_id += 1
        if self.handler_id is not None:
            self.flush(self.next_id - 2)


def poll_body(rng, last_event_id):
    state = {"last_event_id": last_event_id,
             "narrow": ["%08x" % rng.getrandbits(32) for _ in range(900)]}
    return json.dumps(state).encode()


def main():
    rng = random.Random(8)
    users = [f"user{n}" for n in range(40)]
    queues = {name: ClientQueue(name) for name in users}
    for turn in range(6000):
        user = users[turn % len(users)]
        queue = queues[user]
        EventsHandler(Request(user, poll_body(rng, queue.next_id - 1))).post(queues)
        queue.push(("message", "presence", "typing")[turn % 3])
    print("requests", current_handler_id)
    print("bytes sent", EventsHandler.sent)
    print("events", sum(q.next_id for q in queues.values()))
    print("waiting", sum(q.handler_id is not None for q in queues.values()))


if __name__ == "__main__":
    main()
