"""A block counts for the line that made it, wherever it is freed."""


def make():
    return bytes(16 << 20)  # truth: peak=16*MiB end=0 total=16*MiB


def drop(box):
    box.clear()  # truth: total=0..1000


box = [make()]
drop(box)
