"""calloc of pages that nobody touches."""
from native import MiB, libc

block = libc.calloc(64, MiB)  # truth: peak=64*MiB end=64*MiB total=64*MiB
