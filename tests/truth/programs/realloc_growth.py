"""A buffer that doubles from 1 MiB to 64 MiB."""
from native import MiB, libc

block, size = None, MiB
while size <= 64 * MiB:
    block = libc.realloc(block, size)  # truth: peak=64*MiB end=64*MiB total=127*MiB
    size *= 2
