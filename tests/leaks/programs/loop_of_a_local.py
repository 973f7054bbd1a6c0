CODE, HOLDER = "HW100", "serve(): seen"
import queue
import threading

requests = queue.Queue()
answers = queue.Queue()


def serve():
    seen = []
    while True:
        keeps = requests.get()
        row = bytes(3000)  # here
        if keeps:
            seen.append(row)
        answers.put(len(row))


threading.Thread(target=serve, daemon=True).start()


def leaking():
    for _ in range(3):
        requests.put(True)
        answers.get()


def clean():
    for _ in range(3):
        requests.put(False)
        answers.get()
