"""The same, one at a time."""
total = sum(len(row) for row in ([None] * 10_000 for _ in range(1000)))  # truth: total=1000*(getsizeof([None]*10_000)) end=0
kept = bytearray(3 << 20)  # truth: peak=3*MiB end=3*MiB
