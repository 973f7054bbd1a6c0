CODE, HOLDER = "HW206", "temporary_files.places"
import tempfile

places = []


def leaking():
    for _ in range(2):
        places.append(tempfile.TemporaryDirectory())  # here


def clean():
    for _ in range(2):
        with tempfile.TemporaryDirectory():
            pass
