# sized
import ctypes
lib = ctypes.CDLL(None)
lib.strdup.argtypes = [ctypes.c_char_p]
lib.strdup.restype = ctypes.c_char_p
lib.free.restype = None
other = ctypes.CDLL(None)
other.strdup.restype = ctypes.c_void_p
def label(text):
    return lib.strdup(text).decode()  # expect: HW766
def label_freed(text):
    address = other.strdup(text)
    try:
        return ctypes.string_at(address).decode()
    finally:
        other.free(address)
