"""Pages that lose their access are still there until they are given back."""
import ctypes

from native import MiB, anonymous, libc

address = libc.mmap(None, 32 * MiB, 3, anonymous, -1, 0)  # truth: peak=32*MiB end=32*MiB total=32*MiB
ctypes.memset(address, 1, 32 * MiB)
assert libc.mprotect(address, 32 * MiB, 0) == 0
assert libc.mprotect(address, 32 * MiB, 3) == 0
