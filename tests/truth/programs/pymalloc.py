"""Small objects from pymalloc's pools."""
kept = [object() for _ in range(200_000)]  # truth: end=200_000*getsizeof(object())+8*200_000 peak=200_000*getsizeof(object())+8*200_000
