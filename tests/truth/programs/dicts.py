"""Dicts of one million keys, grown step by step."""
table = {}
for i in range(300_000):
    table[i] = None  # truth: end=table_bytes
print("table_bytes", table.__sizeof__() - {}.__sizeof__())
