import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('28 debug text of a body nobody logs')
class _:
    def setup():
        import logging
        logging.basicConfig(level=logging.INFO)
    def bad():
        import logging
        log=logging.getLogger('upload')
        def receive(body):
            log.debug(f'received body {body!r}')
            return sum(body[::4096])
        print('crc',receive(bytes(range(256))*40_000))
    def good():
        import logging
        log=logging.getLogger('upload')
        def receive(body):
            log.debug('received body of %d bytes, starts %r',len(body),body[:64])
            return sum(body[::4096])
        print('crc',receive(bytes(range(256))*40_000))


if __name__ == "__main__":
    kept = run()
