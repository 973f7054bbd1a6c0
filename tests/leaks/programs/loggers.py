CODE, HOLDER = "HW151", ""
import itertools
import logging

numbers = itertools.count()


def leaking():
    for _ in range(20):
        logging.getLogger(f"app.connection.{next(numbers)}").debug("up")  # here


def clean():
    for _ in range(20):
        logging.getLogger("app.connection").debug("up %d", next(numbers))
