"""A million boxed floats."""
kept = list(map(float, range(1, 1_000_001)))  # truth: end=1_000_000*24+getsizeof(list(map(float,range(1_000_000)))) peak=1_000_000*24+getsizeof(list(map(float,range(1_000_000))))
