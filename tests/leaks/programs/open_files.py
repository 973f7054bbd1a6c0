CODE, HOLDER = "HW201", "open_files.files"
import os

files = []


def leaking():
    for _ in range(3):
        files.append(open(os.devnull))  # here


def clean():
    for _ in range(3):
        with open(os.devnull) as file:
            file.read()
