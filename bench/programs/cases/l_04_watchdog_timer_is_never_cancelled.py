import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('04 watchdog timer is never cancelled')
class _:
    def bad():
        import threading

        class Job:
            def __init__(self, number):
                self.number = number
                self.samples = bytearray(b'\x01\x02' * 1_200_000)
                self.stuck = False

            def give_up(self):
                self.stuck = True

            def loudness(self):
                return sum(self.samples[::5000])

        def transcode(number):
            job = Job(number)
            watchdog = threading.Timer(600, job.give_up)
            watchdog.daemon = True
            watchdog.start()
            return job.loudness()

        total = sum(transcode(number) for number in range(40))
        print('loudness', total)
        return total

    def good():
        import threading

        class Job:
            def __init__(self, number):
                self.number = number
                self.samples = bytearray(b'\x01\x02' * 1_200_000)
                self.stuck = False

            def give_up(self):
                self.stuck = True

            def loudness(self):
                return sum(self.samples[::5000])

        def transcode(number):
            job = Job(number)
            watchdog = threading.Timer(600, job.give_up)
            watchdog.daemon = True
            watchdog.start()
            loudness = job.loudness()
            watchdog.cancel()
            watchdog.join()
            return loudness

        total = sum(transcode(number) for number in range(40))
        print('loudness', total)
        return total


if __name__ == "__main__":
    kept = run()
