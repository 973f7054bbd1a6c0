import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('03 errors chain back through every delivery')
class _:
    def bad():
        class DeliveryError(Exception):
            pass

        class Forwarder:
            def __init__(self):
                self.last_error = None
                self.sent = self.dropped = 0

            def deliver(self, batch):
                if len(batch) and batch[0] % 4:
                    raise DeliveryError(f'collector refused {len(batch)} bytes') from self.last_error
                self.sent += 1

            def forward(self, number):
                batch = bytes([number % 256]) * 400_000
                try:
                    self.deliver(batch)
                except DeliveryError as error:
                    self.dropped += 1
                    self.last_error = error

        forwarder = Forwarder()
        for number in range(300):
            forwarder.forward(number)
        print(forwarder.sent, 'sent', forwarder.dropped, 'dropped,', forwarder.last_error)
        return forwarder

    def good():
        class DeliveryError(Exception):
            pass

        class Forwarder:
            def __init__(self):
                self.last_error = None
                self.sent = self.dropped = 0

            def deliver(self, batch):
                if len(batch) and batch[0] % 4:
                    raise DeliveryError(f'collector refused {len(batch)} bytes')
                self.sent += 1

            def forward(self, number):
                batch = bytes([number % 256]) * 400_000
                try:
                    self.deliver(batch)
                except DeliveryError as error:
                    self.dropped += 1
                    self.last_error = str(error)

        forwarder = Forwarder()
        for number in range(300):
            forwarder.forward(number)
        print(forwarder.sent, 'sent', forwarder.dropped, 'dropped,', forwarder.last_error)
        return forwarder


if __name__ == "__main__":
    kept = run()
