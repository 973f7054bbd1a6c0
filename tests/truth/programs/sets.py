"""A set that grows."""
numbers = list(range(1_000_000, 1_200_000))
kept = set(numbers)  # truth: end=getsizeof(set(list(range(1_000_000,1_200_000))))
