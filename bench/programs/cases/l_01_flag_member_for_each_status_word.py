import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('01 flag member for each status word')
class _:
    def bad():
        from enum import IntFlag

        class DriveStatus(IntFlag):
            READY = 1
            ENABLED = 2
            MOVING = 4
            WARNING = 8
            FAULT = 16
            HOMED = 32

        def telegrams(count):
            for sequence in range(count):
                flags = 1 | 2 | (4 if sequence % 3 else 0) | (16 if sequence % 50 == 0 else 0)
                yield (sequence << 8) | flags

        def watch(words):
            faults = moving = 0
            for word in words:
                status = DriveStatus(word)
                if status & DriveStatus.FAULT:
                    faults += 1
                if status & DriveStatus.MOVING:
                    moving += 1
            return faults, moving

        faults, moving = watch(telegrams(150_000))
        print(faults, 'faults', moving, 'moving')
        return DriveStatus

    def good():
        from enum import IntFlag

        class DriveStatus(IntFlag):
            READY = 1
            ENABLED = 2
            MOVING = 4
            WARNING = 8
            FAULT = 16
            HOMED = 32

        def telegrams(count):
            for sequence in range(count):
                flags = 1 | 2 | (4 if sequence % 3 else 0) | (16 if sequence % 50 == 0 else 0)
                yield (sequence << 8) | flags

        def watch(words):
            faults = moving = 0
            for word in words:
                status = DriveStatus(word & 0xFF)
                if status & DriveStatus.FAULT:
                    faults += 1
                if status & DriveStatus.MOVING:
                    moving += 1
            return faults, moving

        faults, moving = watch(telegrams(150_000))
        print(faults, 'faults', moving, 'moving')
        return DriveStatus


if __name__ == "__main__":
    kept = run()
