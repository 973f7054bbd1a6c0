"""Deep recursion: small trees built and walked 400 frames down."""


def build(depth):
    if depth == 0:
        return [[i, str(i)] for i in range(200)]
    node = {"depth": depth}
    below = build(depth - 1)
    node["size"] = len(below)
    return below


count = 0
for _ in range(90_000):
    count += len(build(400))
print(count)
