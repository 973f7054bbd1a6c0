"""reallocarray, and its overflow."""
from native import MiB, libc

block = libc.reallocarray(None, 16, MiB)  # truth: peak=16*MiB end=16*MiB
assert libc.reallocarray(block, 1 << 40, 1 << 40) is None
