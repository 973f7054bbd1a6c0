"""Small objects from pymalloc's pools: so many that its map of arenas, where a new one is begun, is less than 1 %."""
kept = [object() for _ in range(938_700)]  # truth: end=938_700*getsizeof(object())+8*938_700 peak=938_700*getsizeof(object())+8*938_700
