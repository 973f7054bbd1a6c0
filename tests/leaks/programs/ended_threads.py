CODE, HOLDER = "HW152", "ended_threads.all_threads"
import threading

all_threads = []


def leaking():
    for _ in range(4):
        thread = threading.Thread(target=int)
        thread.payload = bytes(3000)  # here
        thread.start()
        thread.join()
        all_threads.append(thread)


def clean():
    for _ in range(4):
        thread = threading.Thread(target=int)
        thread.payload = bytes(3000)
        thread.start()
        thread.join()
