"""NumPy: temporaries of 8 KiB to 8 MiB."""

import numpy as np

small = np.arange(1_000, dtype=float)
large = np.arange(1_000_000, dtype=float)
total = 0.0
for i in range(2_400):
    for _ in range(800):
        total += float((small * 2 + i)[7])
    total += float((large * 0.5 + i).sum())
print(round(total))
