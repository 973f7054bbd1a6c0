"""What the programs of the oracle call: the C library, and a small library of their own."""

import ctypes
import os
import shutil
import tempfile

MiB = 1 << 20
anonymous, fixed = 0x22, 0x10  # MAP_PRIVATE | MAP_ANONYMOUS, MAP_FIXED

_POINTER, _SIZE, _INT = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int
_SIGNATURES = {
    "malloc": (_POINTER, [_SIZE]),
    "calloc": (_POINTER, [_SIZE, _SIZE]),
    "realloc": (_POINTER, [_POINTER, _SIZE]),
    "reallocarray": (_POINTER, [_POINTER, _SIZE, _SIZE]),
    "free": (None, [_POINTER]),
    "posix_memalign": (_INT, [ctypes.POINTER(_POINTER), _SIZE, _SIZE]),
    "aligned_alloc": (_POINTER, [_SIZE, _SIZE]),
    "memalign": (_POINTER, [_SIZE, _SIZE]),
    "valloc": (_POINTER, [_SIZE]),
    "mmap": (_POINTER, [_POINTER, _SIZE, _INT, _INT, _INT, ctypes.c_long]),
    "munmap": (_INT, [_POINTER, _SIZE]),
    "mremap": (_POINTER, [_POINTER, _SIZE, _SIZE, _INT]),
    "mprotect": (_INT, [_POINTER, _SIZE, _INT]),
    "sbrk": (_POINTER, [ctypes.c_ssize_t]),
}
_TRUTHLIB = {
    "cxx_new": (_POINTER, [_SIZE]),
    "cxx_new_aligned": (_POINTER, [_SIZE]),
    "cxx_new_and_delete": (None, [_SIZE]),
    "duplicate": (_POINTER, [_SIZE]),
    "formatted": (_POINTER, [_SIZE]),
    "static_allocate": (_POINTER, [_SIZE]),
    "allocate_in_threads": (_INT, [_INT, _SIZE]),
}


class _Functions:
    """Functions of a library, by their names without a prefix."""

    def __init__(self, library, signatures, prefix=""):
        for name, (result, arguments) in signatures.items():
            function = getattr(library, prefix + name)
            function.restype, function.argtypes = result, arguments
            setattr(self, name, function)


_library = ctypes.CDLL(os.environ["TRUTHLIB"])
truthlib = _Functions(_library, _TRUTHLIB)
libc = _Functions(_library, _SIGNATURES, "c_")  # called as compiled code calls them


def path_of_copy():
    """A copy of the library that no program has loaded yet."""
    place = tempfile.mkdtemp()
    return shutil.copy(os.environ["TRUTHLIB"], os.path.join(place, "late.so"))
