CODE, HOLDER = "HW121", "sys.last_value"
import sys


class FailedError(Exception):
    pass


def run(size, before):
    data = bytearray(size)  # here
    assert data
    raise FailedError("no") from before


def leaking():
    try:
        run(3000, getattr(sys, "last_value", None))
    except FailedError as e:
        sys.last_value = e
        sys.last_traceback = e.__traceback__


def clean():
    try:
        run(3000, None)
    except FailedError:
        sys.last_value = None
        sys.last_traceback = None
