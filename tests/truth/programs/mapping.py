"""An anonymous mapping, touched."""
import ctypes

from native import MiB, anonymous, libc

address = libc.mmap(None, 64 * MiB, 3, anonymous, -1, 0)  # truth: peak=64*MiB end=64*MiB total=64*MiB
ctypes.memset(address, 1, 64 * MiB)
