"""A bytearray that grows by appending, and is over-allocated on the way."""
buffer = bytearray()
piece = bytes(1 << 20)  # truth: end=MiB peak=MiB
for _ in range(48):
    buffer += piece  # truth: end=buffer_bytes peak=buffer_bytes
print("buffer_bytes", buffer.__sizeof__() - bytearray().__sizeof__())
