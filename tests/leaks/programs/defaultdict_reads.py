CODE, HOLDER = "HW115", "defaultdict_reads.sessions"
import collections
import itertools

numbers = itertools.count()
sessions = collections.defaultdict(dict)


def leaking():
    for _ in range(200):
        if sessions[next(numbers)]:  # here
            raise AssertionError


def clean():
    for _ in range(200):
        if sessions.get(next(numbers)):
            raise AssertionError
