"""pyarrow: a buffer of its pool, touched."""
# needs: pyarrow
# undecided: Arrow brings an allocator of its own, of which only the pages can be seen
import pyarrow

buffer = pyarrow.allocate_buffer(64 << 20)  # truth: end=64*MiB peak=64*MiB
memoryview(buffer).cast("B")[:] = bytes(64 << 20)
