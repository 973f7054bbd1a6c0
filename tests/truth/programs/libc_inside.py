"""Blocks that the C library allocates for its caller: strdup, asprintf, open_memstream."""
from native import MiB, truthlib

a = truthlib.duplicate(24 * MiB)  # truth: end=24*MiB peak=48*MiB
b = truthlib.formatted(8 * MiB)  # truth: end=8*MiB
