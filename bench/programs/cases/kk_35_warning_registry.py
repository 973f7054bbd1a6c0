import gc
import logging
import os
import sys
import warnings

from harness import CASES, D, case, fixture, run

log = logging.getLogger("dbclient")


def statements(n):
    """What an import writes: rows whose text is cut to the width of its column."""
    import random
    r = random.Random(97557)
    for i in range(n):
        yield i, r.randbytes(260).hex()


class Connection:
    def execute(self, row, text):
        """The server's warnings, as SHOW WARNINGS gives them."""
        return [("Warning", 1265, f"Data truncated for column 'note' at row {row}: '{text}'")]


class Cursor:
    def __init__(self, connection):
        self.connection = connection
        self.rowcount = 0

    def execute(self, row, text):
        self.show_warnings(self.connection.execute(row, text))
        self.rowcount += 1

    def show_warnings(self, messages):
        for level, code, message in messages:
            warnings.warn(message, UserWarning)


class LoggingCursor(Cursor):
    def show_warnings(self, messages):
        for level, code, message in messages:
            log.warning("%s %d: %s", level, code, message)


def to_log_file():
    handler = logging.FileHandler(os.devnull)
    logging.getLogger().addHandler(handler)
    logging.captureWarnings(True)
    warnings.simplefilter("default")


@case('35 __warningregistry__ grows with every text')
class _:
    def setup(): import random
    def bad():
        to_log_file()
        cursor = Cursor(Connection())
        for row, text in statements(60_000):
            cursor.execute(row, text)
        return cursor.rowcount
    def good():
        to_log_file()
        cursor = LoggingCursor(Connection())
        for row, text in statements(60_000):
            cursor.execute(row, text)
        return cursor.rowcount


if __name__ == "__main__":
    kept = run()
