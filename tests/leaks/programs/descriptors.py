CODE, HOLDER = "HW210", ""
import os


def leaking():
    for _ in range(3):
        os.dup(0)


def clean():
    for _ in range(3):
        os.close(os.dup(0))
