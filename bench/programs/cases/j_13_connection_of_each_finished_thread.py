import gc
import os
import sqlite3
import sys
import tempfile
import threading
import time

from harness import CASES, D, case, fixture, run


def build_readings(path):
    db = sqlite3.connect(path)
    db.execute('CREATE TABLE reading (id integer PRIMARY KEY, meter integer, note text)')
    db.executemany('INSERT INTO reading VALUES (?, ?, ?)',
                   ((n, n % 64, f'reading {n} taken by hand, seal intact, display lit') for n in range(60_000)))
    db.commit()
    db.close()


@case('13 connection of each finished thread')
class _:
    def setup():
        global READINGS
        READINGS = fixture('j_13_readings.sqlite3', build_readings)

    def bad():
        class ConnectionHub:
            """Gives every thread a connection of its own."""

            def __init__(self, path):
                self.path = path
                self._lock = threading.Lock()
                self._connections = {}

            def connection(self):
                thread = threading.current_thread()
                with self._lock:
                    if thread not in self._connections:
                        self._connections[thread] = sqlite3.connect(self.path, check_same_thread=False)
                    return self._connections[thread]

        def count_for(hub, meter, answers):
            row = hub.connection().execute(
                "SELECT count(*), sum(length(note)) FROM reading WHERE meter <= ? AND note LIKE '%seal%'", (meter,))
            answers.append(row.fetchone()[0])

        hub = ConnectionHub(READINGS)
        answers = []
        for request in range(40):
            worker = threading.Thread(target=count_for, args=(hub, request, answers))
            worker.start()
            worker.join()
        print(len(answers), sum(answers))
        return hub

    def good():
        class ConnectionHub:
            """Gives every thread a connection of its own."""

            def __init__(self, path):
                self.path = path
                self._lock = threading.Lock()
                self._connections = {}

            def connection(self):
                thread = threading.current_thread()
                with self._lock:
                    if thread not in self._connections:
                        self._connections[thread] = sqlite3.connect(self.path, check_same_thread=False)
                    return self._connections[thread]

            def release(self):
                with self._lock:
                    connection = self._connections.pop(threading.current_thread(), None)
                if connection is not None:
                    connection.close()

        def count_for(hub, meter, answers):
            try:
                row = hub.connection().execute(
                    "SELECT count(*), sum(length(note)) FROM reading WHERE meter <= ? AND note LIKE '%seal%'", (meter,))
                answers.append(row.fetchone()[0])
            finally:
                hub.release()

        hub = ConnectionHub(READINGS)
        answers = []
        for request in range(40):
            worker = threading.Thread(target=count_for, args=(hub, request, answers))
            worker.start()
            worker.join()
        print(len(answers), sum(answers))
        return hub


if __name__ == "__main__":
    kept = run()
