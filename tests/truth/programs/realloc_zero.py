"""realloc(p, 0) frees."""
from native import MiB, libc

block = libc.malloc(32 * MiB)  # truth: peak=32*MiB end=0
libc.realloc(block, 0)
other = libc.malloc(8 * MiB)  # truth: end=8*MiB peak=0
