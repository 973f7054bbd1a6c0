"""A library that is loaded while the program runs."""
import ctypes

from native import MiB, path_of_copy

late = ctypes.CDLL(path_of_copy())
late.cxx_new.restype = ctypes.c_void_p
late.cxx_new.argtypes = [ctypes.c_size_t]
block = late.cxx_new(24 * MiB)  # truth: peak=24*MiB end=24*MiB
