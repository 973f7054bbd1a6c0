"""realloc(p, 0) frees."""
import ctypes

from native import MiB, libc

block = libc.malloc(32 * MiB)  # truth: peak=32*MiB end=0
ctypes.memset(block, 1, 32 * MiB)
libc.realloc(block, 0)
other = libc.malloc(8 * MiB)  # truth: end=8*MiB peak=0
