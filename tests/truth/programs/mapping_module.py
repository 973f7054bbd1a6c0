"""Python's own mmap module, anonymous."""
import mmap

view = mmap.mmap(-1, 48 << 20)  # truth: peak=48*MiB end=0
view[0] = 1
view.close()
