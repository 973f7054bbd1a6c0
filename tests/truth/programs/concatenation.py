"""A string made by adding to it: the total is quadratic, what lives is not."""
text = ""
parts = ["x" * 10_000] * 400
for part in parts:
    held = text
    text = text + part  # truth: end=2*4_000_000 total=400*401//2*10_000 peak=2*4_000_000
