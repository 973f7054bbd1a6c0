"""Integers of many digits."""
kept = [(1 << 8000) + i for i in range(2000)]  # truth: end=2000*getsizeof(1<<8000)+16_000 peak=2000*getsizeof(1<<8000)+16_000
