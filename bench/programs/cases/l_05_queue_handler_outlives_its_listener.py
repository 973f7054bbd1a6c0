import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('05 queue handler outlives its listener')
class _:
    def setup():
        import logging.handlers

    def bad():
        import logging
        import logging.handlers
        import queue

        logger = logging.getLogger('nightly.import')
        logger.setLevel(logging.INFO)
        logger.propagate = False

        class LineCount(logging.Handler):
            lines = 0

            def emit(self, record):
                LineCount.lines += len(record.getMessage()) > 0

        def run_import(number, rows):
            records = queue.SimpleQueue()
            handler = logging.handlers.QueueHandler(records)
            listener = logging.handlers.QueueListener(records, LineCount())
            logger.addHandler(handler)
            listener.start()
            for row in range(rows):
                logger.info('import %d: row %d of supplier feed accepted', number, row)
            listener.stop()

        for number in range(12):
            run_import(number, 1800)
        print(LineCount.lines, 'lines logged')
        return logger

    def good():
        import logging
        import logging.handlers
        import queue

        logger = logging.getLogger('nightly.import')
        logger.setLevel(logging.INFO)
        logger.propagate = False

        class LineCount(logging.Handler):
            lines = 0

            def emit(self, record):
                LineCount.lines += len(record.getMessage()) > 0

        def run_import(number, rows):
            records = queue.SimpleQueue()
            handler = logging.handlers.QueueHandler(records)
            listener = logging.handlers.QueueListener(records, LineCount())
            logger.addHandler(handler)
            listener.start()
            for row in range(rows):
                logger.info('import %d: row %d of supplier feed accepted', number, row)
            listener.stop()
            logger.removeHandler(handler)

        for number in range(12):
            run_import(number, 1800)
        print(LineCount.lines, 'lines logged')
        return logger


if __name__ == "__main__":
    kept = run()
