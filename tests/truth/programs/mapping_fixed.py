"""MAP_FIXED over a mapping: the pages exist once."""
from native import MiB, anonymous, fixed, libc

address = libc.mmap(None, 16 * MiB, 3, anonymous, -1, 0)  # truth: peak=8*MiB end=8*MiB
again = libc.mmap(address, 8 * MiB, 3, anonymous | fixed, -1, 0)  # truth: end=8*MiB total=8*MiB peak=8*MiB
more = libc.malloc(4 * MiB)  # truth: peak=4*MiB end=4*MiB
