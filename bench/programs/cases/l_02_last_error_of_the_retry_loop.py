import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('02 last error of the retry loop')
class _:
    def bad():
        class ChecksumError(Exception):
            pass

        def read_block(meter, attempt):
            return bytes([meter % 251, attempt + 1]) * 1_200_000

        def decode(block):
            if block[0] % 2:
                raise ChecksumError(f'meter block begins with {block[0]}')
            return len(block)

        def fetch(meter, attempts=3):
            last_error = None
            for attempt in range(attempts):
                block = read_block(meter, attempt)
                try:
                    return decode(block)
                except ChecksumError as error:
                    last_error = error
            return f'gave up: {last_error}'

        fetched = failed = 0
        for meter in range(90):
            result = fetch(meter)
            if isinstance(result, int):
                fetched += 1
            else:
                failed += 1
        print(fetched, 'fetched', failed, 'failed', result)
        return fetched, failed

    def good():
        class ChecksumError(Exception):
            pass

        def read_block(meter, attempt):
            return bytes([meter % 251, attempt + 1]) * 1_200_000

        def decode(block):
            if block[0] % 2:
                raise ChecksumError(f'meter block begins with {block[0]}')
            return len(block)

        def fetch(meter, attempts=3):
            last_error = None
            for attempt in range(attempts):
                block = read_block(meter, attempt)
                try:
                    return decode(block)
                except ChecksumError as error:
                    last_error = str(error)
            return f'gave up: {last_error}'

        fetched = failed = 0
        for meter in range(90):
            result = fetch(meter)
            if isinstance(result, int):
                fetched += 1
            else:
                failed += 1
        print(fetched, 'fetched', failed, 'failed', result)
        return fetched, failed


if __name__ == "__main__":
    kept = run()
