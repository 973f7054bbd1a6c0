"""A mapping that the kernel is told not to reserve memory for: the touched pages count."""
import ctypes

from native import MiB, anonymous, libc

noreserve = 0x4000
address = libc.mmap(None, 1024 * MiB, 3, anonymous | noreserve, -1, 0)  # truth: peak=48*MiB end=32*MiB
ctypes.memset(address, 1, 48 * MiB)
import time

time.sleep(0.1)
assert libc.munmap(address, 16 * MiB) == 0
