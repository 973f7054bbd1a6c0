"""One comprehension that builds everything at once, and drops it."""
total = sum(len(row) for row in [[None] * 100 for _ in range(50_000)])  # truth: peak=50_000*getsizeof([None]*100)+400_000 end=0..10_000
