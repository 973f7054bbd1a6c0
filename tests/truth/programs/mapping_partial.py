"""The middle of a mapping is unmapped."""
from native import MiB, anonymous, libc

address = libc.mmap(None, 32 * MiB, 3, anonymous, -1, 0)  # truth: peak=32*MiB end=24*MiB
assert libc.munmap(address + 8 * MiB, 8 * MiB) == 0
