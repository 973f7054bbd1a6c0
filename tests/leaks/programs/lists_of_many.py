CODE, HOLDER = "HW101", "lists_of_many.store.streams[…].events"
from dataclasses import dataclass, field


@dataclass
class Event:
    kind: str
    payload: dict


@dataclass
class Stream:
    name: str
    events: list = field(default_factory=list)


@dataclass
class Store:
    streams: dict = field(default_factory=dict)

    def emit(self, stream, event):
        self.streams.setdefault(stream, Stream(stream)).events.append(event)


store = Store()


def leaking():
    for i in range(8):
        store.emit(f"s{i % 8}", Event("made", {"n": i, "text": "t" * 600}))  # here


def clean():
    for i in range(8):
        store.emit(f"s{i % 8}", Event("made", {"n": i, "text": "t" * 600}))
    for s in store.streams.values():
        s.events.clear()
