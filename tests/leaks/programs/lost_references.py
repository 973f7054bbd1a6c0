CODE, HOLDER = "HW161", ""
import ctypes

inc = ctypes.pythonapi.Py_IncRef
inc.argtypes = [ctypes.py_object]
dec = ctypes.pythonapi.Py_DecRef
dec.argtypes = [ctypes.py_object]


def leaking():
    for _ in range(4):
        data = [bytes(1000)]  # here
        inc(data)


def clean():
    for _ in range(4):
        data = [bytes(1000)]
        inc(data)
        dec(data)
