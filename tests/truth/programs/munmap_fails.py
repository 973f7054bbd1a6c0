"""An munmap that fails frees nothing."""
from native import MiB, anonymous, libc

address = libc.mmap(None, 16 * MiB, 3, anonymous, -1, 0)  # truth: peak=16*MiB end=16*MiB
assert libc.munmap(address + 1, 16 * MiB) == -1
