"""An allocation that fails counts nothing."""
kept = bytes(8 << 20)  # truth: peak=8*MiB end=8*MiB
try:
    more = bytes(1 << 50)  # truth: peak=0 total=0..100_000
except MemoryError:
    pass
