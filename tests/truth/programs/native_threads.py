"""Threads that a library starts: what they allocate hangs below the call that started them."""
from native import MiB, truthlib

assert truthlib.allocate_in_threads(4, 8 * MiB)  # truth: peak=32*MiB end=32*MiB
