import ctypes
import time

from harness import case, run

text_lib = ctypes.CDLL(None)
text_lib.strdup.argtypes = [ctypes.c_char_p]
text_lib.strdup.restype = ctypes.c_char_p

pointer_lib = ctypes.CDLL(None)
pointer_lib.strdup.argtypes = [ctypes.c_char_p]
pointer_lib.strdup.restype = ctypes.c_void_p
pointer_lib.free.argtypes = [ctypes.c_void_p]
pointer_lib.free.restype = None


def label(text):
    return text_lib.strdup(text).decode()


def label_freed(text):
    pointer = pointer_lib.strdup(text)
    try:
        return ctypes.string_at(pointer).decode()
    finally:
        pointer_lib.free(pointer)


def annotate(native):
    length = 0
    body = b"segment of a rendered document, page and paragraph " * 40
    for number in range(45_000):
        length += len(native(b"%06d " % number + body))
    time.sleep(0.3)
    print("length", length)


@case("mm 06 native labels")
class _:
    def bad():
        annotate(label)

    def good():
        annotate(label_freed)


if __name__ == "__main__":
    kept = run()
