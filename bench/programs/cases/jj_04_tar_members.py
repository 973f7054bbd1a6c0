import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


import tarfile


def archive(path):
    """95,000 small text files in one tar."""
    with open(path, 'wb') as f:
        for number in range(95_000):
            info = tarfile.TarInfo(f'alerts/{number % 700:03d}/ztf_public_{number:07d}.avro.txt')
            text = b'candidate %d magnitude %d\n' % (number, number * 7 % 23)
            info.size, info.mtime = len(text), 1_676_937_600 + number
            f.write(info.tobuf(tarfile.USTAR_FORMAT))
            f.write(text.ljust(512, b'\0'))
        f.write(bytes(1024))


class AlertArchive:
    """The night's alerts; the archive stays open, the next stage asks for single files."""

    def __init__(self, path):
        self.tar = tarfile.open(path, 'r:')
        self.handled = 0
        self.bright = 0

    def handle(self, file):
        magnitude = int(file.read().split()[-1])
        self.handled += 1
        self.bright += magnitude < 3


@case('39 tarfile remembers every member')
class _:
    def setup(): fixture('jj_alerts_95k.tar', archive)
    def bad():
        alerts = AlertArchive(os.path.join(D, 'jj_alerts_95k.tar'))
        for member in alerts.tar:
            file = alerts.tar.extractfile(member)
            alerts.handle(file)
            file.close()
        return alerts
    def good():
        alerts = AlertArchive(os.path.join(D, 'jj_alerts_95k.tar'))
        for member in alerts.tar:
            file = alerts.tar.extractfile(member)
            alerts.handle(file)
            file.close()
            alerts.tar.members = []
        return alerts


if __name__ == "__main__":
    kept = run()
