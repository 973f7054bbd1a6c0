import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


import random
import re

HEADER = re.compile(r'^From: (?P<sender>\S+@\S+)$', re.M)
WORDS = 'invoice parcel meeting report please find attached the draft of our quarterly numbers'.split()


def mails(n):
    rnd = random.Random(7)
    for i in range(n):
        block = ' '.join(rnd.choices(WORDS, k=2_000))
        yield f'Subject: no {i}\nFrom: user{i}@host{i % 9}.example\n\n' + '\n'.join([block] * 20)


@case('47 re.Match keeps the searched text')
class _:
    def bad():
        senders = []
        for body in mails(350):
            m = HEADER.search(body)
            if m:
                senders.append(m)
        return senders
    def good():
        senders = []
        for body in mails(350):
            m = HEADER.search(body)
            if m:
                senders.append(m['sender'])
        return senders


if __name__ == "__main__":
    kept = run()
