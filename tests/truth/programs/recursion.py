"""A block in each of 10 000 frames."""
import sys

sys.setrecursionlimit(20_000)


def descend(depth):
    kept = bytes(4096)  # truth: peak=10_001*getsizeof(bytes(4096)) end=0
    return depth and descend(depth - 1)


descend(10_000)
