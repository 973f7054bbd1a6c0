"""realloc through a pointer that dlsym gave."""
import ctypes

from native import MiB

realloc = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t)(("realloc", ctypes.CDLL(None)))
block = realloc(None, 8 * MiB)  # truth: peak=0 total=8*MiB end=0
block = realloc(block, 96 * MiB)  # truth: peak=96*MiB end=96*MiB
