"""A mapped file is no heap."""
import mmap
import tempfile

with tempfile.TemporaryFile() as file:
    file.truncate(64 << 20)
    view = mmap.mmap(file.fileno(), 0)  # truth: peak=0 end=0
    view[0] = 1
    kept = bytes(4 << 20)  # truth: peak=4*MiB end=4*MiB
