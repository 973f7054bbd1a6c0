"""malloc and free of one large block."""
from native import MiB, libc

block = libc.malloc(64 * MiB)  # truth: peak=64*MiB end=0 total=64*MiB
libc.free(block)
