"""NumPy: views cost nothing, and keep their base."""
# needs: numpy
import numpy

views = [numpy.ones(1 << 20)[:10] for _ in range(8)]  # truth: end=64*MiB peak=64*MiB
copies = [view.copy() for view in views]  # truth: end=0..20_000
