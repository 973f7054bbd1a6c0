"""A large reservation with MAP_NORESERVE, made usable as a whole: the touched part counts."""
import ctypes
import time

from native import MiB, anonymous, libc

address = libc.mmap(None, 8192 * MiB, 0, anonymous | 0x4000, -1, 0)  # truth: peak=0 end=0
assert libc.mprotect(address, 8192 * MiB, 3) == 0  # truth: peak=20*MiB end=20*MiB
ctypes.memset(address, 1, 20 * MiB)
time.sleep(0.1)
