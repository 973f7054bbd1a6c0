import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('10 log filter for each device session')
class _:
    def setup():
        import logging

    def bad():
        import logging

        log = logging.getLogger("switches")
        log.addHandler(logging.NullHandler())
        log.setLevel(logging.INFO)
        log.propagate = False

        class HostFilter(logging.Filter):
            def __init__(self, session):
                super().__init__()
                self.session = session

            def filter(self, record):
                record.host = self.session.host
                return True

        class DeviceSession:
            def __init__(self, host):
                self.host = host
                self.transcript = bytearray()
                self.log_filter = HostFilter(self)
                log.addFilter(self.log_filter)

            def show_config(self):
                log.info("reading the configuration")
                self.transcript += b"interface ge-0/0/1 mtu 9192 \n" * 1_500
                return len(self.transcript)

            def close(self):
                log.info("disconnected")

        read = 0
        for number in range(1_700):
            session = DeviceSession(f"sw{number:05d}")
            read += session.show_config()
            session.close()
        print(f"1700 devices, {read} bytes of configuration")
        return log

    def good():
        import logging

        log = logging.getLogger("switches")
        log.addHandler(logging.NullHandler())
        log.setLevel(logging.INFO)
        log.propagate = False

        class HostFilter(logging.Filter):
            def __init__(self, session):
                super().__init__()
                self.session = session

            def filter(self, record):
                record.host = self.session.host
                return True

        class DeviceSession:
            def __init__(self, host):
                self.host = host
                self.transcript = bytearray()
                self.log_filter = HostFilter(self)
                log.addFilter(self.log_filter)

            def show_config(self):
                log.info("reading the configuration")
                self.transcript += b"interface ge-0/0/1 mtu 9192 \n" * 1_500
                return len(self.transcript)

            def close(self):
                log.info("disconnected")
                log.removeFilter(self.log_filter)
                self.log_filter = None

        read = 0
        for number in range(1_700):
            session = DeviceSession(f"sw{number:05d}")
            read += session.show_config()
            session.close()
        print(f"1700 devices, {read} bytes of configuration")
        return log


if __name__ == "__main__":
    kept = run()
