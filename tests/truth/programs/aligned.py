"""Aligned allocation of all kinds."""
import ctypes

from native import MiB, libc

out = ctypes.c_void_p()
assert libc.posix_memalign(ctypes.byref(out), 4096, 8 * MiB) == 0  # truth: peak=8*MiB end=8*MiB
a = libc.aligned_alloc(64, 16 * MiB)  # truth: peak=16*MiB end=16*MiB
b = libc.memalign(256, 4 * MiB)  # truth: peak=4*MiB end=4*MiB
c = libc.valloc(2 * MiB)  # truth: peak=2*MiB end=2*MiB
