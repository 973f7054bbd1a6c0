CODE, HOLDER = "HW101", "EVENTS.queue"
import json
import queue

EVENTS = queue.Queue()


def emit(kind, n):
    EVENTS.put(json.loads(json.dumps({"kind": kind, "n": n, "tags": [str(n)] * 30})))  # here


def leaking():
    for n in range(30):
        emit("click", n)


def clean():
    for n in range(30):
        emit("click", n)
    while not EVENTS.empty():
        EVENTS.get()
