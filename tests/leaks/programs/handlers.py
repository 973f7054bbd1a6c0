CODE, HOLDER = "HW151", ""
import io
import logging

logger = logging.getLogger("handlers")


def leaking():
    logger.addHandler(logging.StreamHandler(io.StringIO()))  # here


def clean():
    handler = logging.StreamHandler(io.StringIO())
    logger.addHandler(handler)
    logger.removeHandler(handler)
    handler.close()
