"""operator new: plain, array, aligned, and sized delete."""
from native import MiB, truthlib

block = truthlib.cxx_new(32 * MiB)  # truth: peak=32*MiB end=32*MiB
truthlib.cxx_new_and_delete(16 * MiB)  # truth: peak=16*MiB total=16*MiB end=0
aligned = truthlib.cxx_new_aligned(8 * MiB)  # truth: peak=0 end=8*MiB
