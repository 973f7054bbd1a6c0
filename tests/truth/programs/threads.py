"""Two threads, each with a line of its own, that live together."""
import threading

gate = threading.Barrier(2)


def first():
    kept = bytes(20 << 20)  # truth: peak=20*MiB end=0
    gate.wait()


def second():
    kept = bytes(30 << 20)  # truth: peak=30*MiB end=0
    gate.wait()


threads = [threading.Thread(target=first), threading.Thread(target=second)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
