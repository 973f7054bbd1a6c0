import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('17 product lists its ranges')
class _:
    def bad():
        import itertools

        def check_digit(series, number):
            return (number * 7 + series * 31) % 97

        def vouchers(series, numbers, wanted):
            for number, letter in itertools.product(numbers, series):
                if check_digit(ord(letter), number) == wanted:
                    yield letter, number

        issued = first = 0
        for letter, number in vouchers('KLM', range(1_000_000, 3_200_000), 42):
            first = first or f'{letter}{number}'
            issued += 1
        print(issued, 'vouchers from', first, 'to', f'{letter}{number}')
        return issued

    def good():
        def check_digit(series, number):
            return (number * 7 + series * 31) % 97

        def vouchers(series, numbers, wanted):
            for number in numbers:
                for letter in series:
                    if check_digit(ord(letter), number) == wanted:
                        yield letter, number

        issued = first = 0
        for letter, number in vouchers('KLM', range(1_000_000, 3_200_000), 42):
            first = first or f'{letter}{number}'
            issued += 1
        print(issued, 'vouchers from', first, 'to', f'{letter}{number}')
        return issued


if __name__ == "__main__":
    kept = run()
