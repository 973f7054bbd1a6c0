CODE, HOLDER = "HW151", "loggerDict['app.db']"
import logging


def get_logger(name, once):
    log = logging.getLogger(name)
    if not once or not log.handlers:
        h = logging.handlers.MemoryHandler(100) if once else logging.NullHandler()
        h.buffer = bytearray(2000)  # here
        h.setFormatter(logging.Formatter("%(message)s"))
        log.addHandler(h)
    return log


import logging.handlers


def leaking():
    for _ in range(3):
        get_logger("app.db", False)


def clean():
    for _ in range(3):
        get_logger("app.ok", True)
