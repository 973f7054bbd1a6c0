"""An anonymous mapping that nobody touches."""
from native import MiB, anonymous, libc

address = libc.mmap(None, 256 * MiB, 3, anonymous, -1, 0)  # truth: peak=256*MiB end=256*MiB
