CODE, HOLDER = "HW162", ""
import ctypes

libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.free.argtypes = [ctypes.c_void_p]
libc.memset.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t]


def leaking():
    for _ in range(3):
        p = libc.malloc(4000)
        libc.memset(p, 1, 4000)


def clean():
    for _ in range(3):
        p = libc.malloc(4000)
        libc.memset(p, 1, 4000)
        libc.free(p)
