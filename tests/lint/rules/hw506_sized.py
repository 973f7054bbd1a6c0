# sized
import itertools
import uuid
BY_NUMBER = {}
NUMBERS = itertools.count()
DRAWN = {}
BY_TOKEN = {}
TAKEN = {}
COUNTS = {}
last = 0
def allocate(handler):
    global last
    BY_NUMBER[last] = handler  # expect: HW506
    last += 1
def drawn(handler):
    number = next(NUMBERS)
    DRAWN[number] = handler  # expect: HW506
def token(answer):
    BY_TOKEN[uuid.uuid4()] = answer  # expect: HW506
def taken(answer):
    number = next(NUMBERS)
    TAKEN[number] = answer
def finish(number): return TAKEN.pop(number)
def counted(words):
    n = 0
    for word in words:
        COUNTS[n] = word
        n += 1
