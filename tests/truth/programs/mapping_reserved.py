"""A reservation of addresses, of which a part is made usable: the part is memory."""
from native import MiB, anonymous, libc

address = libc.mmap(None, 1024 * MiB, 0, anonymous, -1, 0)  # truth: peak=0 end=0
assert libc.mprotect(address, 16 * MiB, 3) == 0  # truth: peak=16*MiB end=8*MiB
assert libc.mprotect(address, 8 * MiB, 0) == 0
