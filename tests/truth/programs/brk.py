"""The break moved by hand."""
from native import MiB, libc

assert libc.sbrk(12 * MiB)  # truth: peak=12*MiB end=12*MiB
