import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


import collections
import logging

RECORD_LOGGER = logging.getLogger('bench.test')
RECORD_LOGGER.setLevel(logging.DEBUG)
RECORD_LOGGER.propagate = False

LogLine = collections.namedtuple('LogLine', 'level logger source lineno timestamp message')


class TestRecord:
    def __init__(self, serial):
        self.serial = serial
        self.outcome = None
        self.log_lines = []


class RecordHandler(logging.Handler):
    """Writes what is logged during a test into the record of that test."""

    def __init__(self, record):
        super().__init__()
        self.record = record

    def emit(self, entry):
        self.record.log_lines.append(LogLine(entry.levelno, entry.name, entry.module, entry.lineno,
                                             entry.created, entry.getMessage()))


class TestState:
    def __init__(self, serial):
        self.record = TestRecord(serial)
        self.handler = RecordHandler(self.record)
        RECORD_LOGGER.addHandler(self.handler)

    def phases(self):
        for phase in range(55):
            RECORD_LOGGER.debug('unit %s: phase %02d measured %d mV on rail %d, limits 3200..3400',
                                self.record.serial, phase, 3200 + phase * 7 % 190, phase % 6)
        self.record.outcome = 'PASS'
        return self.record.serial, self.record.outcome, len(self.record.log_lines)

    def finish(self):
        pass


class ClosingTestState(TestState):
    def finish(self):
        RECORD_LOGGER.removeHandler(self.handler)
        self.handler.close()


def execute(state_class, units):
    """The bench's loop: one unit after the other, the result goes to the line's data base."""
    results = []
    for number in range(units):
        state = state_class(f'SN{number:06d}')
        results.append(state.phases())
        state.finish()
    return results


@case('10 a log handler for every test')
class _:
    def bad():
        return execute(TestState, 100)
    def good():
        return execute(ClosingTestState, 100)


if __name__ == "__main__":
    kept = run()
