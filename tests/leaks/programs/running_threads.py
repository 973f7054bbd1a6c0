CODE, HOLDER = "HW209", "Thread.run(): self"
import threading


def poll(stop, buf):
    stop.wait()
    return buf


def leaking():
    arguments = threading.Event(), bytearray(2000)
    t = threading.Thread(target=poll, args=arguments, daemon=True)  # here
    t.start()


def clean():
    e = threading.Event()
    t = threading.Thread(target=poll, args=(e, bytearray(2000)), daemon=True)
    t.start()
    e.set()
    t.join()
