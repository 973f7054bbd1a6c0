"""A realloc that fails leaves the block."""
from native import MiB, libc

block = libc.malloc(32 * MiB)  # truth: peak=32*MiB end=32*MiB total=32*MiB
assert libc.realloc(block, 1 << 60) is None
