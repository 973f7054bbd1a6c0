"""A library with an allocator of its own, bound at its linking: its pages are seen."""
from native import MiB, truthlib

block = truthlib.static_allocate(16 * MiB)  # truth: peak=16*MiB end=16*MiB
