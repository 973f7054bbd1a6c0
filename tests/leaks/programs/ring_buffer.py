CODE, HOLDER = "", ""
import collections

ring = collections.deque(maxlen=50)
for _ in range(60):
    ring.append(bytes(1000))


def clean():
    for _ in range(20):
        ring.append(bytes(1000))
