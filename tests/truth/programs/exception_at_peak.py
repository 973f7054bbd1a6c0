"""The peak is reached in a call that raises; the exception keeps the frame."""


def build():
    rows = bytes(40 << 20)  # truth: peak=40*MiB end=40*MiB
    raise ValueError(len(rows))


try:
    build()
except ValueError as error:
    kept = error
