"""malloc and free of one large block."""
import ctypes

from native import MiB, libc

block = libc.malloc(64 * MiB)  # truth: peak=64*MiB end=0 total=64*MiB
ctypes.memset(block, 1, 64 * MiB)
libc.free(block)
