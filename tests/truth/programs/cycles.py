"""Cyclic garbage lives until it is collected."""
import gc

gc.disable()
for _ in range(100):
    ring = [bytes(100_000)]  # truth: peak=100*getsizeof(bytes(100_000)) end=getsizeof(bytes(100_000))
    ring.append(ring)
gc.collect()
