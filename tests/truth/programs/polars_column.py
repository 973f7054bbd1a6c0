"""polars: a column of floats."""
# undecided: polars brings an allocator of its own, of which only the pages can be seen
# needs: polars
import polars

column = polars.zeros(8 << 20, dtype=polars.Float64, eager=True) + 1.0  # truth: end=64*MiB peak=64*MiB
