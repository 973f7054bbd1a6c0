"""mremap from 1 MiB to 64 MiB."""
from native import MiB, anonymous, libc

address = libc.mmap(None, MiB, 3, anonymous, -1, 0)  # truth: peak=64*MiB end=64*MiB
address = libc.mremap(address, MiB, 64 * MiB, 1)
