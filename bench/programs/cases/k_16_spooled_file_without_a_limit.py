import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('16 spooled file without a limit')
class _:
    def setup():
        import tempfile
        import zlib

    def bad():
        import zlib

        def write_export(out, rows):
            for number in range(rows):
                out.write(b"%09d;2024-05-01;pallet;warehouse 4;checked in;%d\n" % (number, number % 97))

        def upload(source):
            source.seek(0)
            sent = crc = 0
            while block := source.read(65_536):
                sent += len(block)
                crc = zlib.crc32(block, crc)
            return sent, crc

        with tempfile.SpooledTemporaryFile(mode="w+b") as export:
            write_export(export, 1_700_000)
            sent, crc = upload(export)
        print(f"{sent} bytes sent, {crc:08x}")
        return sent

    def good():
        import zlib

        def write_export(out, rows):
            for number in range(rows):
                out.write(b"%09d;2024-05-01;pallet;warehouse 4;checked in;%d\n" % (number, number % 97))

        def upload(source):
            source.seek(0)
            sent = crc = 0
            while block := source.read(65_536):
                sent += len(block)
                crc = zlib.crc32(block, crc)
            return sent, crc

        with tempfile.SpooledTemporaryFile(max_size=1_000_000, mode="w+b") as export:
            write_export(export, 1_700_000)
            sent, crc = upload(export)
        print(f"{sent} bytes sent, {crc:08x}")
        return sent


if __name__ == "__main__":
    kept = run()
