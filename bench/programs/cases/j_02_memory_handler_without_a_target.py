import gc
import logging
import logging.handlers
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def order_lines(count):
    for n in range(count):
        yield {'order': f'SO-{n:07d}', 'customer': f'customer {n % 4100:05d}', 'total': n % 977 + 0.5}


@case('02 memory handler without a target')
class _:
    def bad():
        def configure(name):
            log = logging.getLogger(name)
            log.setLevel(logging.INFO)
            log.propagate = False
            buffer = logging.handlers.MemoryHandler(capacity=500, flushLevel=logging.CRITICAL)
            buffer.setFormatter(logging.Formatter('%(asctime)s %(message)s'))
            log.addHandler(buffer)
            return log

        def synchronise(log, lines):
            booked = 0.0
            for line in lines:
                log.info('order %s of %s booked with %.2f', line['order'], line['customer'], line['total'])
                booked += line['total']
            return booked

        log = configure('shop.sync')
        booked = synchronise(log, order_lines(75_000))
        print(f'booked {booked:.2f}')
        return log

    def good():
        def configure(name):
            log = logging.getLogger(name)
            log.setLevel(logging.INFO)
            log.propagate = False
            file = logging.FileHandler(os.path.join(D, 'j_02_sync.log'), mode='w')
            file.setFormatter(logging.Formatter('%(asctime)s %(message)s'))
            buffer = logging.handlers.MemoryHandler(capacity=500, flushLevel=logging.CRITICAL, target=file)
            log.addHandler(buffer)
            return log

        def synchronise(log, lines):
            booked = 0.0
            for line in lines:
                log.info('order %s of %s booked with %.2f', line['order'], line['customer'], line['total'])
                booked += line['total']
            return booked

        log = configure('shop.sync')
        booked = synchronise(log, order_lines(75_000))
        print(f'booked {booked:.2f}')
        return log


if __name__ == "__main__":
    kept = run()
