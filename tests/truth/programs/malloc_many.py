"""Many small blocks from malloc, half of them freed."""
from native import libc

blocks = [libc.malloc(100_000) for _ in range(2_000)]  # truth: total=200_000_000 end=100_000_000 peak=200_000_000
for block in blocks[::2]:
    libc.free(block)
